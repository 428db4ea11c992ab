package dev.pushgate.push.challenge;

/**
 * Why the user should look twice at a challenge before approving it. Phones show it; nothing is
 * decided by it.
 *
 * @param newPlace whether no login of the user has been accepted from that address for long
 * @param requests which request this is that the user gets in a short time, counted from 1
 */
public record ChallengeNotes(boolean newPlace, int requests) {
  /** Nothing is odd, or nothing is known. */
  public static final ChallengeNotes NONE = new ChallengeNotes(false, 1);

  /** The second may be a mistyped number; from the third on the user is told. */
  private static final int MANY = 3;

  /**
   * @throws IllegalArgumentException when there are fewer requests than this one
   */
  public ChallengeNotes {
    if (requests < 1) {
      throw new IllegalArgumentException("requests are counted from 1");
    }
  }

  /** Whether the user has been asked so often that it is worth telling. */
  public boolean manyRequests() {
    return requests >= MANY;
  }
}
