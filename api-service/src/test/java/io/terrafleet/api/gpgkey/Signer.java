package io.terrafleet.api.gpgkey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Date;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** Somebody who publishes providers: a fresh OpenPGP key of RSA. */
public final class Signer {
    private final PGPKeyPair pair;
    private final PGPPublicKey publicKey;

    private Signer(PGPKeyPair pair, PGPPublicKey publicKey) {
        this.pair = pair;
        this.publicKey = publicKey;
    }

    @SuppressWarnings("JavaUtilDate") // what the library takes
    public static Signer make() {
        try {
            RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
            generator.init(new RSAKeyGenerationParameters(BigInteger.valueOf(0x10001), new SecureRandom(), 2048, 80));
            PGPKeyPair pair = new BcPGPKeyPair(
                    PublicKeyPacket.VERSION_4,
                    PublicKeyAlgorithmTags.RSA_GENERAL,
                    generator.generateKeyPair(),
                    new Date());
            PGPDigestCalculator sha1 = new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1);
            PGPSecretKey secret = new PGPSecretKey(
                    PGPSignature.POSITIVE_CERTIFICATION,
                    pair,
                    "Ada <ada@example.com>",
                    sha1,
                    signs(),
                    null,
                    new BcPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256),
                    null);
            return new Signer(pair, secret.getPublicKey());
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Terraform believes only keys that say they sign, as those of gpg do. */
    private static PGPSignatureSubpacketVector signs() {
        PGPSignatureSubpacketGenerator purpose = new PGPSignatureSubpacketGenerator();
        purpose.setKeyFlags(false, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
        return purpose.generate();
    }

    public String keyId() {
        return String.format("%016X", publicKey.getKeyID());
    }

    /** For people and for us. */
    public String armor() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (ArmoredOutputStream armored = ArmoredOutputStream.builder().build(text)) {
            publicKey.encode(armored);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Detached and binary, as {@code gpg --detach-sign} makes it. */
    @SuppressWarnings("JavaUtilDate") // what the library takes
    public byte[] sign(byte[] content) {
        try {
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(publicKey.getAlgorithm(), HashAlgorithmTags.SHA256), publicKey);
            generator.init(PGPSignature.BINARY_DOCUMENT, pair.getPrivateKey());
            PGPSignatureSubpacketGenerator issuer = new PGPSignatureSubpacketGenerator();
            issuer.setSignatureCreationTime(false, new Date());
            issuer.setIssuerKeyID(false, publicKey.getKeyID());
            generator.setHashedSubpackets(issuer.generate());
            generator.update(content);
            return generator.generate().getEncoded();
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
