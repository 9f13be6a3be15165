package io.terrafleet.worker.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * The PGP key that releases are signed with. Detached signatures by the key itself or by a signing subkey that it has certified are
 * accepted; revoked keys and broken hash functions are not. As with terraform itself, a key's expiry does not unmake old signatures.
 */
public final class ReleaseKey {
    /** Fingerprint of the key that HashiCorp publishes at hashicorp.com/security. */
    public static final String HASHICORP = "C874011F0AB405110D02105534365D9472D7468F";

    private static final int MOST_KEY_BYTES = 1 << 20;
    private static final Set<Integer> HASHES =
            Set.of(HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512);

    private final PGPPublicKeyRingCollection rings;

    private ReleaseKey(PGPPublicKeyRingCollection rings) {
        this.rings = rings;
    }

    /** HashiCorp's, as shipped with this worker. */
    public static ReleaseKey hashicorp() throws IOException {
        try (InputStream armored = ReleaseKey.class.getResourceAsStream("hashicorp.asc")) {
            if (armored == null) {
                throw new IOException("hashicorp.asc is missing from the worker's jar");
            }
            ReleaseKey key = read(armored.readNBytes(MOST_KEY_BYTES), "hashicorp.asc");
            if (!key.fingerprint().equals(HASHICORP)) {
                throw new IOException("hashicorp.asc is not HashiCorp's key: its fingerprint is " + key.fingerprint());
            }
            return key;
        }
    }

    public static ReleaseKey of(Path file) throws IOException {
        if (Files.size(file) > MOST_KEY_BYTES) {
            throw new IOException(file + " is too large for a PGP key");
        }
        return read(Files.readAllBytes(file), file.toString());
    }

    private static ReleaseKey read(byte[] armored, String name) throws IOException {
        try (InputStream decoded = PGPUtil.getDecoderStream(new ByteArrayInputStream(armored))) {
            PGPPublicKeyRingCollection rings =
                    new PGPPublicKeyRingCollection(decoded, new BcKeyFingerprintCalculator());
            if (rings.size() == 0) {
                throw new IOException(name + " holds no PGP public key");
            }
            return new ReleaseKey(rings);
        } catch (PGPException e) {
            throw new IOException(name + " is not a PGP public key: " + e.getMessage(), e);
        }
    }

    /** Of the first primary key; hexadecimal, upper case. */
    public String fingerprint() {
        PGPPublicKeyRing first = rings.getKeyRings().next();
        return HexFormat.of().formatHex(first.getPublicKey().getFingerprint()).toUpperCase(Locale.ROOT);
    }

    /** Whether {@code signature}, detached, is this key's signature of {@code content}. */
    boolean signed(byte[] content, byte[] signature) throws IOException {
        try (InputStream decoded = PGPUtil.getDecoderStream(new ByteArrayInputStream(signature))) {
            Object found = new BcPGPObjectFactory(decoded).nextObject();
            if (!(found instanceof PGPSignatureList signatures)) {
                return false;
            }
            for (PGPSignature one : signatures) {
                if (verifies(one, content)) {
                    return true;
                }
            }
            return false;
        } catch (PGPException e) {
            throw new IOException("the signature cannot be checked: " + e.getMessage(), e);
        }
    }

    private boolean verifies(PGPSignature signature, byte[] content) throws PGPException {
        PGPPublicKeyRing ring = rings.getPublicKeyRing(signature.getKeyID());
        if (ring == null
                || signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT
                || !HASHES.contains(signature.getHashAlgorithm())) {
            return false;
        }
        PGPPublicKey key = ring.getPublicKey(signature.getKeyID());
        PGPPublicKey primary = ring.getPublicKey();
        if (key.hasRevocation() || primary.hasRevocation() || !belongs(key, primary)) {
            return false;
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), key);
        signature.update(content);
        return signature.verify();
    }

    /** A subkey counts only if the primary key says that it is its own. */
    private static boolean belongs(PGPPublicKey key, PGPPublicKey primary) throws PGPException {
        if (key.isMasterKey()) {
            return true;
        }
        Iterator<PGPSignature> bindings = key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING);
        while (bindings.hasNext()) {
            PGPSignature binding = bindings.next();
            if (binding.getKeyID() == primary.getKeyID()) {
                binding.init(new BcPGPContentVerifierBuilderProvider(), primary);
                if (binding.verifyCertification(primary, key)) {
                    return true;
                }
            }
        }
        return false;
    }
}
