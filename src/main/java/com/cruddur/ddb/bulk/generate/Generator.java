package com.cruddur.ddb.bulk.generate;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.Uuids;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Makes up users, conversations and messages as ndjson, the same for the same options on every
 * Java. A few conversations have most of the messages, as in life; both participants talk, more by
 * day than by night, and the last message is at {@code until}. It holds a name for each user and a
 * byte for each conversation; messages come and go.
 */
public final class Generator {
  /** More would not fit the arithmetic of pairs. */
  private static final int MOST = 1_000_000;

  private static final int NAMES = 400;
  private static final int SENTENCES = 2000;
  private static final String[] TEMPLATES = {
    "Did you finish #{Book.title}?",
    "Have you ever been to #{Country.name}?",
    "How was #{Hobby.activity} yesterday?",
    "I am listening to #{RockBand.name} all day",
    "I had #{Food.dish} for lunch",
    "I start as #{Job.title} at #{Company.name} on Monday!",
    "I would rather have #{Food.fruits} and some #{Food.vegetables}",
    "It is #{Weather.temperatureCelsius} in #{Address.city}, #{Weather.description}",
    "My brother studies at #{University.name} now",
    "Shall we meet at #{Address.streetAddress}?",
    "The \"#{Commerce.productName}\" has arrived",
    "There was a #{Animal.name} in the garden",
    "Their motto is \"#{Company.catchPhrase}\"",
    "We drive to #{Address.city} tomorrow, do you come along?",
    "Who paints a house #{Color.name}?",
  };
  private static final String[] REPLIES = {
    "ok", "Sure", "Yes", "No", "Why?", "See you", "Thanks!", "😀", "👍", "Really?", "Où ça ?",
    "haha",
  };

  private final Options options;
  private final String[] handles;
  private final String[] displayNames;
  private final String[] sentences;
  private final long pairs;
  private final long stride;
  private final DailyRhythm rhythm;

  /**
   * What to make.
   *
   * @param users 2 to a million
   * @param conversations at least 1, and no more than there are pairs of users
   * @param messages at least one for each conversation
   * @param seed another one gives other users and messages
   * @param until the moment of the last message
   */
  public record Options(int users, int conversations, long messages, long seed, Instant until) {
    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException naming the option that is wrong
     */
    public Options {
      require(users >= 2 && users <= MOST, "--users " + users, "It is 2 to " + MOST + ".");
      long most = Math.min(MOST, pairs(users));
      require(
          conversations >= 1 && conversations <= most,
          "--conversations " + conversations,
          "It is 1 to " + most + " with " + users + " users: one for each two of them at most.");
      require(
          messages >= conversations,
          "--messages " + messages,
          "It is " + conversations + " or more: one for each conversation.");
    }

    private static void require(boolean right, String wrong, String hint) {
      if (!right) {
        throw new InvalidInputException(wrong + " cannot be", hint);
      }
    }

    /** The number of lines. */
    public long records() {
      return users + conversations + messages;
    }
  }

  /** How many conversations of two there can be. */
  public static long pairs(long users) {
    return users * (users - 1) / 2;
  }

  /**
   * A generator.
   *
   * @param library the folder of the fake-data library
   */
  public Generator(Options options, Path library) {
    this.options = options;
    FakeText fake = new FakeText(library, options.seed);
    Random random = new Random(options.seed);
    this.displayNames = displayNames(fake, random);
    this.handles = handles(displayNames);
    this.sentences =
        IntStream.range(0, SENTENCES)
            .mapToObj(i -> json(fake.of(TEMPLATES[i % TEMPLATES.length])))
            .toArray(String[]::new);
    this.pairs = pairs(options.users);
    this.stride = coprime(random, pairs);
    this.rhythm = new DailyRhythm(options.until, options.messages);
  }

  private String[] displayNames(FakeText fake, Random random) {
    String[] first = new String[NAMES];
    String[] last = new String[NAMES];
    Arrays.setAll(first, i -> fake.of("#{Name.firstName}"));
    Arrays.setAll(last, i -> fake.of("#{Name.lastName}"));
    String[] names = new String[options.users];
    Arrays.setAll(names, i -> first[random.nextInt(NAMES)] + " " + last[random.nextInt(NAMES)]);
    return names;
  }

  /** Of two with one name the second gets a number. */
  private static String[] handles(String[] names) {
    Map<String, Integer> seen = new HashMap<>();
    String[] handles = new String[names.length];
    Arrays.setAll(
        handles,
        i -> {
          String handle = names[i].toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
          int before = seen.merge(handle, 1, Integer::sum) - 1;
          return before == 0 ? handle : handle + before;
        });
    return handles;
  }

  /** A number by whose multiples every remainder is met. */
  private static long coprime(Random random, long number) {
    long candidate = 1 + (long) (random.nextDouble() * (number - 1));
    while (java.math.BigInteger.valueOf(candidate)
            .gcd(java.math.BigInteger.valueOf(number))
            .bitLength()
        > 1) {
      candidate++;
    }
    return candidate;
  }

  private static String json(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  /** The records from the first on, a line each; may be called again. */
  public InputStream open() {
    return new GeneratedLines(options.records(), new Lines());
  }

  /** Makes the lines in order: users, conversations, messages in order of time. */
  private final class Lines implements LongFunction<String> {
    private final Random random = new Random(~options.seed);

    /**
     * For each conversation who spoke: 0 nobody, 1 the first, then both, 2 the first last, 3 the
     * second.
     */
    private final byte[] spoken = new byte[options.conversations];

    @Override
    public String apply(long line) {
      if (line < options.users) {
        return user((int) line);
      }
      long other = line - options.users;
      return other < options.conversations
          ? conversation((int) other)
          : message(other - options.conversations);
    }

    private String user(int user) {
      return "{\"type\":\"user\",\"uuid\":\""
          + uuid(user)
          + "\",\"display_name\":\""
          + json(displayNames[user])
          + "\",\"handle\":\""
          + handles[user]
          + "\"}";
    }

    private String conversation(int conversation) {
      int[] pair = pair(conversation);
      return "{\"type\":\"conversation\",\"message_group_uuid\":\""
          + group(pair)
          + "\",\"participants\":[\""
          + handles[pair[0]]
          + "\",\""
          + handles[pair[1]]
          + "\"]}";
    }

    private String message(long message) {
      int conversation = conversationOf(message);
      int[] pair = pair(conversation);
      boolean second = secondSpeaks(conversation);
      return "{\"type\":\"message\",\"message_group_uuid\":\""
          + group(pair)
          + "\",\"from\":\""
          + handles[pair[second ? 1 : 0]]
          + "\",\"message\":\""
          + text()
          + "\",\"created_at\":\""
          + Timestamps.format(rhythm.at(message, random.nextDouble()))
          + "\"}";
    }

    /** The first begins, the second answers, then it is more often another than the same again. */
    private boolean secondSpeaks(int conversation) {
      int before = spoken[conversation];
      boolean change = random.nextInt(10) < 6;
      boolean second = before == 1 || (before != 0 && change == (before == 2));
      spoken[conversation] = (byte) (before == 0 ? 1 : second ? 3 : 2);
      return second;
    }

    /**
     * Each conversation has its turn twice (once, if there are too few messages), evenly over time;
     * the others are drawn so that the one of rank r has about 1/r of them (Zipf's law).
     */
    private int conversationOf(long message) {
      int all = options.conversations;
      long turns = all * Math.min(2, options.messages / all);
      long turn = turn(message, turns);
      double drawn = StrictMath.pow(all, random.nextDouble());
      return turn < turn(message + 1, turns) ? (int) (turn % all) : (int) Math.min(drawn, all) - 1;
    }

    private long turn(long message, long turns) {
      return (long) ((double) message * turns / options.messages);
    }

    private String text() {
      int kind = random.nextInt(100);
      if (kind < 15) {
        return REPLIES[random.nextInt(REPLIES.length)];
      }
      String sentence = sentences[random.nextInt(SENTENCES)];
      return kind < 85 ? sentence : sentence + " " + sentences[random.nextInt(SENTENCES)];
    }
  }

  private String uuid(int user) {
    return Uuids.derived("generated", Long.toString(options.seed), Integer.toString(user));
  }

  private String group(int[] pair) {
    return Uuids.derived("generated", Long.toString(options.seed), pair[0] + " " + pair[1]);
  }

  /** Two users, another two for each conversation: the pairs are walked through in strides. */
  private int[] pair(int conversation) {
    long number = conversation * stride % pairs;
    int greater = (int) ((1 + Math.sqrt(1 + 8.0 * number)) / 2);
    while (pairs(greater) > number) {
      greater--;
    }
    while (pairs(greater + 1L) <= number) {
      greater++;
    }
    return new int[] {greater, (int) (number - pairs(greater))};
  }
}
