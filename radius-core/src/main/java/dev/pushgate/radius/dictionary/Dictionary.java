package dev.pushgate.radius.dictionary;

import dev.pushgate.radius.NearestName;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Attributes by name and by number. Immutable. */
public final class Dictionary {
  /** One without any attribute, to begin with. */
  static final Dictionary EMPTY = new Dictionary(Map.of(), Map.of(), Map.of(), true);

  private final Map<Long, Vendor> vendors;
  private final Map<String, Definition> byName;
  private final Map<Definition.Key, Definition> byKey;
  private final boolean whole;

  /**
   * @param vendors by their numbers
   * @param byName by names in lower case
   * @param whole false where a file could not be read wholly, so that a name may be missing
   */
  Dictionary(
      Map<Long, Vendor> vendors,
      Map<String, Definition> byName,
      Map<Definition.Key, Definition> byKey,
      boolean whole) {
    this.vendors = Collections.unmodifiableMap(new LinkedHashMap<>(vendors));
    this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    this.byKey = Collections.unmodifiableMap(new HashMap<>(byKey));
    this.whole = whole;
  }

  /** The attributes of the RFCs and of the vendors whose dictionaries come with this server. */
  public static Dictionary shipped() {
    return DictionaryReader.shipped();
  }

  /** The attribute of that name, in any case. */
  public Optional<Definition> find(String name) {
    return Optional.ofNullable(byName.get(Definition.folded(name)));
  }

  /**
   * The attribute of a number.
   *
   * @param vendor its private enterprise number, or 0 for the IETF
   */
  public Optional<Definition> find(long vendor, long number) {
    return Optional.ofNullable(byKey.get(new Definition.Key(vendor, number)));
  }

  /** The vendor of a private enterprise number. */
  public Optional<Vendor> vendor(long number) {
    return Optional.ofNullable(vendors.get(number));
  }

  /** All attributes, in the order of their files. */
  public Collection<Definition> definitions() {
    return byName.values();
  }

  /** All vendors, in the order of their files. */
  public Collection<Vendor> vendors() {
    return vendors.values();
  }

  /** The name that a mistyped one was probably meant to be. */
  Optional<String> nearest(String name) {
    return NearestName.to(name, byName.keySet()).map(byName::get).map(Definition::name);
  }

  /** False where a file of it has problems: that it does not know a name says nothing then. */
  boolean isWhole() {
    return whole;
  }

  /** The same after a file that could not be read: that it lacks a name says nothing. */
  public Dictionary inPart() {
    return new Dictionary(vendors, byName, byKey, false);
  }

  /** Whether both know the same attributes, so that what was read by one is as by the other. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Dictionary that
        && whole == that.whole
        && byName.equals(that.byName)
        && vendors.equals(that.vendors);
  }

  @Override
  public int hashCode() {
    return byName.keySet().hashCode();
  }

  @Override
  public String toString() {
    return "Dictionary[" + byName.size() + " attributes]";
  }
}
