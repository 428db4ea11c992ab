package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All servers of a directory: the first that answers is asked.
 *
 * <p>A server that has failed is left out until it answers again, so that no login waits for it. A
 * question that changes nothing goes to the next server where one fails; a password is sent once,
 * but for a connection that has been used before and turns out to be closed.
 *
 * <p>Safe for any number of threads.
 */
final class Directory implements AutoCloseable {
  /** With less time left a failure says nothing of the server. */
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);

  private final List<DirectoryServer> servers;
  private final Connector connector;
  private final Duration timeout;
  private final @Nullable ServiceAccount account;
  private final ServiceAccountPause pause;
  private final InstantSource clock;

  Directory(LdapSettings settings, Connector connector, InstantSource clock) {
    this.connector = connector;
    this.timeout = settings.timeout();
    this.clock = clock;
    this.account =
        settings.loginMethod() instanceof LoginMethod.SearchThenBind(ServiceAccount known)
            ? known
            : null;
    this.pause = new ServiceAccountPause(clock);
    this.servers =
        settings.servers().stream()
            .map(server -> new DirectoryServer(server, connector, timeout, clock))
            .toList();
  }

  /** What is asked on one connection. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Conversation conversation) throws LDAPException, DirectoryException, InterruptedException;
  }

  /**
   * Asks as the service account; goes on to the next server where one fails.
   *
   * @param deadline by when there must be an answer
   */
  <T> T lookUp(Instant deadline, Question<T> question)
      throws DirectoryException, InterruptedException {
    return ask(deadline, question, true);
  }

  /**
   * Tries a password, and perhaps asks more on the same connection.
   *
   * @param deadline by when there must be an answer
   */
  <T> T tryPassword(Instant deadline, Question<T> question)
      throws DirectoryException, InterruptedException {
    return ask(deadline, question, false);
  }

  private <T> T ask(Instant deadline, Question<T> question, boolean lookup)
      throws DirectoryException, InterruptedException {
    servers.forEach(DirectoryServer::watch);
    List<String> troubles = new ArrayList<>();
    for (DirectoryServer server : servers) {
      String trouble = server.trouble();
      if (trouble != null) {
        troubles.add(trouble);
        continue;
      }
      Turn<T> turn = new Turn<>(server, deadline, question, lookup);
      try {
        T answer = turn.take();
        server.answered();
        return answer;
      } catch (DirectoryException e) {
        if (e.scope() != DirectoryException.Scope.SERVER) {
          throw e;
        }
        server.failed(e);
        troubles.add(String.valueOf(e.getMessage()));
        if (turn.isSent() && !lookup) {
          throw e;
        }
      }
    }
    throw new DirectoryException(
        DirectoryException.Scope.DIRECTORY,
        String.join("; ", troubles) + ". Look whether the directory runs and is reached from here");
  }

  /** One question to one server. */
  private final class Turn<T> {
    private final DirectoryServer server;
    private final ConnectionPool pool;
    private final Instant deadline;
    private final Question<T> question;
    private final boolean lookup;
    private boolean sent;
    private boolean hurried;

    Turn(DirectoryServer server, Instant deadline, Question<T> question, boolean lookup) {
      this.server = server;
      this.pool = lookup ? server.lookups() : server.binds();
      this.deadline = deadline;
      this.question = question;
      this.lookup = lookup;
    }

    /** Whether the server may have seen the question. */
    boolean isSent() {
      return sent;
    }

    T take() throws DirectoryException, InterruptedException {
      if (!pool.awaitTurn(left())) {
        throw new DirectoryException(
            DirectoryException.Scope.BUSY,
            ConnectionPool.MOST + " questions to " + server.address() + " are under way");
      }
      try {
        Link used = pool.reuse();
        if (used != null) {
          Conversation conversation = conversation(used);
          try {
            return asked(used, conversation);
          } catch (LDAPException e) {
            if (conversation.isAnswered() || e.getResultCode().equals(ResultCode.TIMEOUT)) {
              throw failed(e);
            }
            // Closed by the server while nobody used it, and so are the others, likely.
            pool.dropIdle();
          }
        }
        Link fresh = connected();
        try {
          return asked(fresh, conversation(fresh));
        } catch (LDAPException e) {
          throw failed(e);
        }
      } finally {
        pool.endTurn();
      }
    }

    /** That it was asked when the login's time was nearly up says nothing of the server. */
    private DirectoryException failed(LDAPException e) {
      return hurried && e.getResultCode().equals(ResultCode.TIMEOUT)
          ? outOfTime()
          : DirectoryException.of(e, server.address());
    }

    private DirectoryException outOfTime() {
      return new DirectoryException(
          DirectoryException.Scope.BUSY,
          server.address() + " has not answered in the time that the login had left");
    }

    private Link connected() throws DirectoryException, InterruptedException {
      if (isHurried()) {
        throw outOfTime();
      }
      Link link = connector.connect(server.address(), left());
      pool.lend(link);
      boolean good = false;
      try {
        if (lookup && account != null) {
          logInAlone(link, account);
        }
        good = true;
        return link;
      } finally {
        if (!good) {
          pool.drop(link);
        }
      }
    }

    private void logInAlone(Link link, ServiceAccount account)
        throws DirectoryException, InterruptedException {
      if (!server.loginOfAccount().tryAcquire(left().toMillis(), TimeUnit.MILLISECONDS)) {
        throw outOfTime();
      }
      try {
        pause.check();
        logIn(link, account);
      } finally {
        server.loginOfAccount().release();
      }
    }

    private void logIn(Link link, ServiceAccount account)
        throws DirectoryException, InterruptedException {
      try {
        LDAPResult result = conversation(link).bind(account.dn(), account.password());
        if (result.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)) {
          throw pause.refused(server.address(), account.dn());
        }
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
          throw new LDAPException(result);
        }
        pause.accepted();
      } catch (LDAPException e) {
        throwIfInterrupted();
        throw DirectoryException.of(e, server.address());
      }
    }

    private T asked(Link link, Conversation conversation)
        throws LDAPException, DirectoryException, InterruptedException {
      boolean sound = false;
      try {
        sent = true;
        hurried = isHurried();
        T answer = question.ask(conversation);
        sound = true;
        return answer;
      } catch (LDAPException e) {
        throwIfInterrupted();
        sound = !DirectoryException.isOfTheConnection(e);
        throw e;
      } catch (DirectoryException e) {
        // The server has said enough to know that it is of no use.
        sound = true;
        throw e;
      } finally {
        if (sound) {
          pool.keep(link);
        } else {
          pool.drop(link);
        }
      }
    }

    private Conversation conversation(Link link) {
      return new Conversation(link, timeout, deadline, clock);
    }

    private boolean isHurried() {
      return left().compareTo(timeout) < 0 && left().compareTo(LEAST_TIME) < 0;
    }

    private Duration left() {
      Duration left = Duration.between(clock.instant(), deadline);
      return left.compareTo(timeout) < 0 ? left : timeout;
    }
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("while the directory was asked");
    }
  }

  /** Ends every connection and every thread; from then on there is no answer. */
  @Override
  public void close() {
    servers.forEach(DirectoryServer::close);
  }
}
