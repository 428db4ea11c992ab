package dev.pushgate.push.challenge;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A choice that the user has to make on the phone: the VPN prompt shows the right option, the phone
 * shows all of them as buttons.
 *
 * <h2>Security guarantees</h2>
 *
 * <p><b>This is not number matching.</b> Whoever taps blindly is right once in as many taps as
 * there are options, at best once in ten. It only keeps most taps on a question that one did not
 * cause from being approvals; a number that is typed keeps all of them.
 *
 * @param options 2 to 10 different ones, of 1 to 4 ASCII letters and digits each, as shown
 * @param right one of them
 */
public record Choice(List<String> options, String right) {
  /** How many options a phone can show at most. */
  public static final int MOST_OPTIONS = 10;

  private static final int LEAST_OPTIONS = 2;
  private static final Pattern OPTION = Pattern.compile("[A-Za-z0-9]{1,4}");
  private static final int NUMBERS = 100;

  /**
   * @throws IllegalArgumentException when the options are not as said above
   */
  public Choice {
    options = List.copyOf(options);
    if (options.size() < LEAST_OPTIONS
        || options.size() > MOST_OPTIONS
        || new HashSet<>(options).size() != options.size()
        || !options.stream().allMatch(option -> OPTION.matcher(option).matches())
        || !options.contains(right)) {
      throw new IllegalArgumentException(
          "a choice has 2 to 10 different options of 1 to 4 letters and digits, and one is right");
    }
  }

  /**
   * Different numbers of two digits in random order, of which a random one is right.
   *
   * @param options how many, 2 to 10
   */
  public static Choice random(SecureRandom random, int options) {
    List<String> numbers =
        new ArrayList<>(IntStream.range(0, NUMBERS).mapToObj("%02d"::formatted).toList());
    Collections.shuffle(numbers, random);
    List<String> shown = numbers.subList(0, options);
    return new Choice(shown, shown.get(random.nextInt(options)));
  }

  @Override
  public String toString() {
    return "Choice[" + options.size() + " options, not shown]";
  }
}
