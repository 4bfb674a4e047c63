package com.cruddur.ddb.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The authorities of AWS_CA_BUNDLE, or of a profile's ca_bundle: a file of certificates in PEM,
 * trusted in place of Java's own, as {@code aws} does.
 *
 * @param file where they stand
 * @param certificates at least one
 */
record TrustedAuthorities(Path file, Collection<? extends Certificate> certificates) {

  /**
   * Reads a bundle.
   *
   * @param source what named the file, for the error
   * @throws AwsSetupException when it holds no certificates
   */
  static TrustedAuthorities read(Path file, String source) {
    if (Files.exists(file) && !Files.isDirectory(file) && !Files.isRegularFile(file)) {
      throw useless(file, source, "is a pipe or a device, which may never end", null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw useless(file, source, "holds no certificate", null);
      }
      return new TrustedAuthorities(file, all);
    } catch (IOException e) {
      boolean there = Files.exists(file);
      String why = !there ? "does not exist" : "cannot be read";
      throw useless(file, source, Files.isDirectory(file) ? "is a folder" : why, e);
    } catch (GeneralSecurityException e) {
      throw useless(file, source, "holds no certificates in PEM", e);
    }
  }

  private static AwsSetupException useless(Path file, String source, String why, Exception cause) {
    return AwsSetupException.setting(
        "the certificates of " + source + ": " + file + " " + why,
        "Name a file of certificates in PEM (-----BEGIN CERTIFICATE-----), or unset it.",
        cause);
  }

  SSLContext context() {
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes them and Java's own to a file of {@link AwsAccess#TRUST_STORE_TYPE} that ends with the
   * process.
   */
  Path withJavas(String password) {
    try {
      KeyStore all = store();
      TrustManagerFactory javas =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      javas.init((KeyStore) null);
      int number = 0;
      for (TrustManager manager : javas.getTrustManagers()) {
        for (X509Certificate each : ((X509TrustManager) manager).getAcceptedIssuers()) {
          all.setCertificateEntry("java-" + number++, each);
        }
      }
      Path file = Files.createTempFile("ddb-authorities-", ".jks");
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        all.store(out, password.toCharArray());
      }
      return file;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(AwsAccess.TRUST_STORE_TYPE);
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("bundle-" + number++, certificate);
    }
    return store;
  }
}
