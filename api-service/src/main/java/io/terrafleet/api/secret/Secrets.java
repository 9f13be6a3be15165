package io.terrafleet.api.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Seals and unseals small values by envelope encryption: every value gets a data key of its own (AES-256-GCM), which is wrapped with
 * the key-encryption key from {@link SecretConfig#keysetFile()}. The keyset may hold several keys: the primary one seals, any unseals.
 *
 * <p>The context says what the value is, for example {@code variable var-…}; what was sealed under one context does not unseal under
 * another, so rows cannot be swapped.
 */
@ApplicationScoped
public class Secrets {
    private static final Logger LOG = Logger.getLogger(Secrets.class);
    private static final byte[] PROOF = "terrafleet".getBytes(StandardCharsets.UTF_8);
    private static final String PROOF_CONTEXT = "secret proof";

    private final SecretConfig config;
    private final SecretStore store;
    private volatile @Nullable Aead envelope;

    Secrets(SecretConfig config, SecretStore store) {
        this.config = config;
        this.store = store;
    }

    /** @param context what the value is; needed again to unseal */
    public byte[] seal(byte[] plain, String context) {
        try {
            return envelope().encrypt(plain, associated(context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed for " + context, e);
        }
    }

    /** @throws IllegalStateException when it was sealed under another context or key, or was altered */
    public byte[] unseal(byte[] sealed, String context) {
        try {
            return envelope().decrypt(sealed, associated(context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what was sealed as \"" + context + "\" cannot be unsealed", e);
        }
    }

    public byte[] seal(String plain, String context) {
        return seal(plain.getBytes(StandardCharsets.UTF_8), context);
    }

    public String unsealText(byte[] sealed, String context) {
        return new String(unseal(sealed, context), StandardCharsets.UTF_8);
    }

    @Transactional
    void open(@Observes @Priority(500) StartupEvent started) throws GeneralSecurityException {
        AeadConfig.register();
        KeysetFile file = new KeysetFile(config.keysetFile());
        Optional<byte[]> proof = store.proof();
        if (!file.exists()) {
            if (proof.isPresent()) {
                throw new IllegalStateException(
                        "the keyset file " + file.path() + " is missing, and the database holds values"
                                + " sealed with it: put it back (terrafleet.secret.keyset-file)");
            }
            file.create();
            LOG.warnf("made the keyset %s; back it up, without it nothing sealed can be read again", file.path());
        }
        Aead wrapping = file.read().getPrimitive(RegistryConfiguration.get(), Aead.class);
        envelope = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, wrapping);
        if (proof.isEmpty()) {
            store.proof(seal(PROOF, PROOF_CONTEXT));
        }
        try {
            unseal(store.proof().orElseThrow(), PROOF_CONTEXT);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "the keyset file " + file.path() + " is not the one that this database's values were"
                            + " sealed with (terrafleet.secret.keyset-file)",
                    e);
        }
    }

    private Aead envelope() {
        Aead open = envelope;
        if (open == null) {
            throw new IllegalStateException("secrets are used before the service has started");
        }
        return open;
    }

    private static byte[] associated(String context) {
        return context.getBytes(StandardCharsets.UTF_8);
    }
}
