package dev.pushgate.state;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The user of this process, as libc on 64-bit Linux (glibc and musl) shows and changes it.
 *
 * <p>The JVM must be started with {@code --enable-native-access=ALL-UNNAMED}. Changes hold for all
 * threads: libc's functions see to that, the bare system calls would not.
 */
// Restricted are all methods that reach native code; to do so is what this class is for.
@SuppressWarnings("restricted")
final class LinuxProcess {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  // The head of struct passwd, which glibc and musl share; behind it stand more pointers.
  private static final MemoryLayout PASSWD =
      MemoryLayout.structLayout(
          POINTER.withName("name"),
          POINTER.withName("password"),
          INT.withName("uid"),
          INT.withName("gid"));
  private static final long NAME_OFFSET = PASSWD.byteOffset(PathElement.groupElement("name"));
  private static final long GID_OFFSET = PASSWD.byteOffset(PathElement.groupElement("gid"));
  private static final long LONGEST_NAME = 256;

  private final MethodHandle geteuid = function("geteuid", FunctionDescriptor.of(INT));
  private final MethodHandle getresuid = function("getresuid", threePointers());
  private final MethodHandle getresgid = function("getresgid", threePointers());
  private final MethodHandle getpwuid = function("getpwuid", FunctionDescriptor.of(POINTER, INT));
  private final MethodHandle initgroups =
      function("initgroups", FunctionDescriptor.of(INT, POINTER, INT));
  private final MethodHandle setgroups =
      function("setgroups", FunctionDescriptor.of(INT, SIZE, POINTER));
  private final MethodHandle setgid = function("setgid", FunctionDescriptor.of(INT, INT));
  private final MethodHandle setuid = function("setuid", FunctionDescriptor.of(INT, INT));

  /**
   * A line of the user database.
   *
   * @param name the user's name
   * @param gid the user's own group
   */
  record Account(String name, int gid) {}

  private static FunctionDescriptor threePointers() {
    return FunctionDescriptor.of(INT, POINTER, POINTER, POINTER);
  }

  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }

  /** The user that the process acts as. */
  int effectiveUser() {
    try {
      return (int) geteuid.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** What the user database knows of a user; empty where it does not know the user. */
  Optional<Account> account(int uid) {
    try {
      MemorySegment found = (MemorySegment) getpwuid.invokeExact(uid);
      if (found.equals(MemorySegment.NULL)) {
        return Optional.empty();
      }
      MemorySegment entry = found.reinterpret(PASSWD.byteSize());
      MemorySegment name = entry.get(POINTER, NAME_OFFSET).reinterpret(LONGEST_NAME);
      return Optional.of(new Account(name.getString(0), entry.get(INT, GID_OFFSET)));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Gives up the rights of root for good.
   *
   * @param uid the user to become, not 0
   * @param otherwise the group where the user database does not know the user
   * @return false where the system forbids it; nothing but groups may have changed then
   * @throws IllegalStateException when the process is now neither one nor the other user, or could
   *     become root again; it must end
   */
  boolean become(int uid, int otherwise) {
    Optional<Account> account = account(uid);
    int gid = account.map(Account::gid).orElse(otherwise);
    if (!setGroups(account.map(Account::name), gid) || call(setgid, gid) != 0) {
      return false;
    }
    if (call(setuid, uid) != 0) {
      return false;
    }
    if (!isOnly(getresuid, uid) || !isOnly(getresgid, gid)) {
      throw new IllegalStateException("the process became user " + uid + " only in part");
    }
    if (call(setuid, 0) == 0 || (gid != 0 && call(setgid, 0) == 0)) {
      throw new IllegalStateException("the process could become root again");
    }
    return true;
  }

  private boolean setGroups(Optional<String> user, int gid) {
    try (Arena arena = Arena.ofConfined()) {
      if (user.isPresent()) {
        return (int) initgroups.invokeExact(arena.allocateFrom(user.get()), gid) == 0;
      }
      return (int) setgroups.invokeExact(1L, arena.allocateFrom(INT, gid)) == 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int call(MethodHandle setter, int id) {
    try {
      return (int) setter.invokeExact(id);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Whether the real, the effective and the saved id are all this one. */
  private static boolean isOnly(MethodHandle getter, int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment real = arena.allocate(INT);
      MemorySegment effective = arena.allocate(INT);
      MemorySegment saved = arena.allocate(INT);
      int failed = (int) getter.invokeExact(real, effective, saved);
      return failed == 0
          && real.get(INT, 0) == id
          && effective.get(INT, 0) == id
          && saved.get(INT, 0) == id;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("libc could not be called", e);
  }
}
