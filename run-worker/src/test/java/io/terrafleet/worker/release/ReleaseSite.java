package io.terrafleet.worker.release;

import io.terrafleet.testkit.FakePlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Date;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** A directory of releases, laid out as the public site, signed with a key of its own. */
@SuppressWarnings("JavaUtilDate") // what Bouncy Castle asks for
final class ReleaseSite {
    final Path root;
    private final PGPKeyPair key;

    ReleaseSite(Path root) throws PGPException {
        this.root = root;
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(
                new RSAKeyGenerationParameters(java.math.BigInteger.valueOf(65_537), new SecureRandom(), 2048, 80));
        this.key = new BcPGPKeyPair(
                PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.RSA_GENERAL, generator.generateKeyPair(), new Date());
    }

    Path publicKey() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream armored = ArmoredOutputStream.builder().build(bytes)) {
            key.getPublicKey().encode(armored);
        }
        return Files.write(root.resolve("key.asc"), bytes.toByteArray());
    }

    /** A release whose binary tells its version and does nothing else. */
    void publish(String version) throws IOException, PGPException {
        Path folder = Files.createDirectories(root.resolve("terraform").resolve(version));
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("LICENSE.txt"));
            out.putNextEntry(new ZipEntry("terraform"));
            out.write(("#!/bin/sh\necho terraform " + version + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Files.write(zipOf(version), zip.toByteArray());
        String sums =
                FakePlatform.sha256(zip.toByteArray()) + "  " + zipOf(version).getFileName() + "\n";
        Path file = folder.resolve("terraform_" + version + "_SHA256SUMS");
        Files.writeString(file, sums);
        Files.write(file.resolveSibling(file.getFileName() + ".sig"), sign(Files.readAllBytes(file)));
    }

    Path zipOf(String version) {
        return root.resolve("terraform").resolve(version).resolve("terraform_" + version + "_linux_amd64.zip");
    }

    Path signatureOf(String version) {
        return root.resolve("terraform").resolve(version).resolve("terraform_" + version + "_SHA256SUMS.sig");
    }

    byte[] sign(byte[] content) throws IOException, PGPException {
        PGPSignatureGenerator generator = new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(key.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256),
                key.getPublicKey());
        generator.init(PGPSignature.BINARY_DOCUMENT, key.getPrivateKey());
        generator.update(content);
        return generator.generate().getEncoded();
    }
}
