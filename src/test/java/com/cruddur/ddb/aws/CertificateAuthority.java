package com.cruddur.ddb.aws;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes certificates in memory, which nothing but a test trusts. The JDK reads but writes none. */
public final class CertificateAuthority {
  private static final AtomicInteger SERIAL = new AtomicInteger(1);
  private static final byte[] ECDSA_SHA256 =
      der(0x30, new byte[] {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2});

  private final String name;
  private final KeyPair keys = keys();
  private final X509Certificate certificate;

  public CertificateAuthority(String name) {
    this.name = name;
    // basicConstraints: critical, CA
    byte[] constraints =
        extension(new byte[] {0x55, 0x1d, 0x13}, der(0x30, new byte[] {1, 1, (byte) 0xff}));
    this.certificate = sign(name, keys, constraints, Duration.ofDays(1));
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Writes the authority's certificate as AWS_CA_BUNDLE takes it. */
  public Path writePem(Path file) {
    try {
      String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded());
      return Files.writeString(
          file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] encoded() {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** TLS of a server of these names and addresses. */
  public SSLContext server(String... names) {
    return context(certify(Duration.ofDays(1), names));
  }

  /** TLS of a server whose certificate ended an hour ago. */
  public SSLContext expiredServer(String... names) {
    return context(certify(Duration.ofHours(-1), names));
  }

  /** A certificate for these names and addresses, with its key and chain. */
  public KeyStore.PrivateKeyEntry certify(Duration life, String... names) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String each : names) {
      boolean address = each.matches("[0-9.]+|.*:.*");
      all.writeBytes(
          address ? der(0x87, address(each)) : der(0x82, each.getBytes(StandardCharsets.US_ASCII)));
    }
    KeyPair own = keys();
    byte[] alternative = extension(new byte[] {0x55, 0x1d, 0x11}, der(0x30, all.toByteArray()));
    X509Certificate made = sign(names[0].replace("*", "any"), own, alternative, life);
    return new KeyStore.PrivateKeyEntry(own.getPrivate(), new Certificate[] {made, certificate});
  }

  private static SSLContext context(KeyStore.PrivateKeyEntry entry) {
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setKeyEntry("server", entry.getPrivateKey(), new char[0], entry.getCertificateChain());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 5280, 4.1: a certificate of version 3 signed by this authority. */
  private X509Certificate sign(String subject, KeyPair own, byte[] extension, Duration life) {
    try {
      Instant end = Instant.now().plus(life);
      byte[] body =
          sequence(
              der(0xa0, der(0x02, new byte[] {2})),
              der(0x02, BigInteger.valueOf(SERIAL.getAndIncrement()).toByteArray()),
              ECDSA_SHA256,
              distinguishedName(name),
              sequence(time(end.minus(Duration.ofDays(2))), time(end)),
              distinguishedName(subject),
              own.getPublic().getEncoded(),
              der(0xa3, der(0x30, extension)));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      byte[] bits = signature.sign();
      byte[] unused = new byte[bits.length + 1];
      System.arraycopy(bits, 0, unused, 1, bits.length);
      byte[] whole = sequence(body, ECDSA_SHA256, der(0x03, unused));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] distinguishedName(String commonName) {
    byte[] type = {0x06, 0x03, 0x55, 0x04, 0x03};
    byte[] text = der(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
    return sequence(der(0x31, sequence(type, text)));
  }

  private static byte[] extension(byte[] id, byte[] content) {
    return sequence(der(0x06, id), der(0x04, content));
  }

  private static byte[] time(Instant at) {
    String text =
        DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").format(at.atOffset(ZoneOffset.UTC));
    return der(0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] address(String text) {
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sequence(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return der(0x30, all.toByteArray());
  }

  private static byte[] der(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length > 0xff) {
      out.write(0x82);
      out.write(content.length >> 8);
    } else if (content.length > 0x7f) {
      out.write(0x81);
    }
    out.write(content.length & 0xff);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
