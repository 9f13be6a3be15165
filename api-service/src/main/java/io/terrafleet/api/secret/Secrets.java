package io.terrafleet.api.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Seals and unseals small values by envelope encryption: every value gets a data key of its own (AES-256-GCM), which is wrapped with
 * the key-encryption key from {@link SecretConfig#keysetFile()}. The keyset may hold several keys: the primary one seals, any unseals. A file
 * that has changed is read again: now and then, and when something cannot be unsealed.
 *
 * <p>The context says what the value is, for example {@code variable var-…}; what was sealed under one context does not unseal under
 * another, so rows cannot be swapped.
 */
@ApplicationScoped
public class Secrets {
    private static final Logger LOG = Logger.getLogger(Secrets.class);
    private static final byte[] PROOF = "terrafleet".getBytes(StandardCharsets.UTF_8);
    private static final String PROOF_CONTEXT = "secret proof";
    private static final byte[] NOTHING = new byte[0];

    private final SecretConfig config;
    private final SecretStore store;
    private volatile @Nullable Opened opened;

    Secrets(SecretConfig config, SecretStore store) {
        this.config = config;
        this.store = store;
    }

    /** The keyset as it was read: what wraps data keys, and the numbers of its keys. */
    private record Opened(FileTime changedAt, Aead envelope, Aead wrapping, int sealing, Set<String> keys) {}

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
            return unsealAgain(sealed, context, e);
        }
    }

    /** Perhaps another process has added a key. */
    private byte[] unsealAgain(byte[] sealed, String context, GeneralSecurityException first) {
        try {
            if (readAgain()) {
                return envelope().decrypt(sealed, associated(context));
            }
            throw new IllegalStateException("what was sealed as \"" + context + "\" cannot be unsealed", first);
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
        KeysetFile file = file();
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
        if (file.isBare()) {
            file.cover();
            LOG.infof("the keys in %s are encrypted now by the key management", file.path());
        }
        opened = read(file);
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

    /** From now on another key seals; what was sealed before stays readable. @return its number, as in {@link #key()} */
    String rotate() {
        file().rotate();
        readAgain();
        LOG.warnf("another key seals from now on: back up %s again", config.keysetFile());
        return key();
    }

    /** Whether the keyset has been read; jobs may be called before. */
    boolean isOpen() {
        return opened != null;
    }

    /** The number of the key that seals, 8 hexadecimal digits. */
    String key() {
        return text(open().sealing());
    }

    /** The numbers of all keys that unseal. */
    Set<String> keys() {
        return open().keys();
    }

    /** Forgets all other keys. @return false when this one does not seal any more, and nothing is done */
    boolean keepOnly(String key) {
        if (!file().keepOnly(Integer.parseUnsignedInt(key, 16))) {
            return false;
        }
        readAgain();
        LOG.warnf("only the key %s is left: back up %s again", key, config.keysetFile());
        return true;
    }

    /**
     * The same value, its data key wrapped with the key that seals now. Its context need not be known.
     *
     * @param sealed an envelope: the length of the wrapped data key in 4 bytes, that, the encrypted value
     */
    byte[] reseal(byte[] sealed) throws GeneralSecurityException {
        ByteBuffer envelope = ByteBuffer.wrap(sealed);
        int length = envelope.remaining() < Integer.BYTES ? -1 : envelope.getInt();
        if (length <= 0 || length > envelope.remaining()) {
            throw new GeneralSecurityException("not an envelope");
        }
        byte[] wrapped = new byte[length];
        envelope.get(wrapped);
        Aead wrapping = open().wrapping();
        byte[] anew = wrapping.encrypt(wrapping.decrypt(wrapped, NOTHING), NOTHING);
        return ByteBuffer.allocate(Integer.BYTES + anew.length + envelope.remaining())
                .putInt(anew.length)
                .put(anew)
                .put(envelope)
                .array();
    }

    @Scheduled(identity = "keyset", every = "60s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        readAgain();
    }

    /** @return whether the file was another than the one that is known */
    private boolean readAgain() {
        KeysetFile file = file();
        Opened known = opened;
        if (known == null || file.changedAt().equals(known.changedAt())) {
            return false;
        }
        try {
            opened = read(file);
            return true;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keyset file " + file.path() + " cannot be used", e);
        }
    }

    private static Opened read(KeysetFile file) throws GeneralSecurityException {
        FileTime changedAt = file.changedAt();
        KeysetHandle keyset = file.read();
        Aead wrapping = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
        Set<String> keys = IntStream.range(0, keyset.size())
                .mapToObj(i -> text(keyset.getAt(i).getId()))
                .collect(Collectors.toUnmodifiableSet());
        Aead envelope = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, wrapping);
        return new Opened(changedAt, envelope, wrapping, keyset.getPrimary().getId(), keys);
    }

    private static String text(int key) {
        return HexFormat.of().toHexDigits(key);
    }

    private KeysetFile file() {
        return new KeysetFile(
                config.keysetFile(), config.transit().address().map(address -> new VaultTransit(config.transit())));
    }

    private Aead envelope() {
        return open().envelope();
    }

    private Opened open() {
        Opened open = opened;
        if (open == null) {
            throw new IllegalStateException("secrets are used before the service has started");
        }
        return open;
    }

    private static byte[] associated(String context) {
        return context.getBytes(StandardCharsets.UTF_8);
    }
}
