package io.terrafleet.api.gpgkey;

import io.terrafleet.api.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/** Reads an armored public key. */
final class Armor {
    private Armor() {}

    /** The id of the only key in it. Refused with 422 for anything but one public key. */
    static String keyId(String text) {
        if (text.contains("PRIVATE KEY BLOCK")) {
            throw Problem.invalid(
                    "ascii-armor", "Ascii armor must be a public key; this is a private one, keep it secret");
        }
        try (InputStream packets =
                PGPUtil.getDecoderStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            PGPPublicKeyRingCollection rings =
                    new PGPPublicKeyRingCollection(packets, new BcKeyFingerprintCalculator());
            if (rings.size() != 1) {
                throw unreadable();
            }
            PGPPublicKeyRing ring = rings.getKeyRings().next();
            return HexFormat.of()
                    .withUpperCase()
                    .toHexDigits(ring.getPublicKey().getKeyID());
        } catch (IOException | PGPException | RuntimeException e) {
            throw e instanceof Problem problem ? problem : unreadable();
        }
    }

    private static Problem unreadable() {
        return Problem.invalid(
                "ascii-armor",
                "Ascii armor must be one public key as gpg --armor --export writes it, and cannot be read as such");
    }
}
