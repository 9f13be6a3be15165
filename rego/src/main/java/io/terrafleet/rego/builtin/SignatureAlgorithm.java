package io.terrafleet.rego.builtin;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The signature algorithms of RFC 7518 and RFC 8037, by the names that tokens use. */
enum SignatureAlgorithm {
    HS256("HmacSHA256", "oct", 0),
    HS384("HmacSHA384", "oct", 0),
    HS512("HmacSHA512", "oct", 0),
    RS256("SHA256withRSA", "RSA", 0),
    RS384("SHA384withRSA", "RSA", 0),
    RS512("SHA512withRSA", "RSA", 0),
    PS256("RSASSA-PSS", "RSA", 32),
    PS384("RSASSA-PSS", "RSA", 48),
    PS512("RSASSA-PSS", "RSA", 64),
    ES256("SHA256withECDSAinP1363Format", "EC", 0),
    ES384("SHA384withECDSAinP1363Format", "EC", 0),
    ES512("SHA512withECDSAinP1363Format", "EC", 0),
    EdDSA("Ed25519", "EdDSA", 0);

    private final String transformation;
    private final String keyType;
    private final int salt;

    /** @param salt length in bytes for PSS, otherwise 0 */
    SignatureAlgorithm(String transformation, String keyType, int salt) {
        this.transformation = transformation;
        this.keyType = keyType;
        this.salt = salt;
    }

    static @Nullable SignatureAlgorithm find(String name) {
        for (SignatureAlgorithm algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        return null;
    }

    boolean isSymmetric() {
        return keyType.equals("oct");
    }

    /** False too when the key is of another kind, or the signature of another length. */
    boolean verifies(Key key, byte[] message, byte[] signature) {
        try {
            if (key instanceof SecretKey secret) {
                return isSymmetric() && MessageDigest.isEqual(mac(secret, message), signature);
            }
            if (!(key instanceof PublicKey publicKey) || !fits(key)) {
                return false;
            }
            Signature verifier = engine();
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    byte[] sign(Key key, byte[] message) throws GeneralSecurityException {
        if (key instanceof SecretKey secret && isSymmetric()) {
            return mac(secret, message);
        }
        if (!(key instanceof PrivateKey privateKey) || !fits(key)) {
            throw new GeneralSecurityException("the key is of no use for " + name());
        }
        Signature signer = engine();
        signer.initSign(privateKey);
        signer.update(message);
        return signer.sign();
    }

    private boolean fits(Key key) {
        return keyType.equals(key.getAlgorithm());
    }

    private byte[] mac(SecretKey secret, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(transformation);
        mac.init(secret);
        return mac.doFinal(message);
    }

    private Signature engine() throws GeneralSecurityException {
        Signature engine = Signature.getInstance(transformation);
        if (salt > 0) {
            String digest = "SHA-" + salt * 8;
            engine.setParameter(new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), salt, 1));
        }
        return engine;
    }
}
