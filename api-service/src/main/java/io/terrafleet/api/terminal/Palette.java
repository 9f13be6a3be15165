package io.terrafleet.api.terminal;

/**
 * The 256 colours of a terminal: 16 named ones of our own choice that read well on the log's dark ground, then xterm's cube of
 * 6 × 6 × 6 and its 24 greys.
 */
public final class Palette {
    private static final int[] NAMED = {
        0x6b7686, 0xff8a80, 0x7ee2a0, 0xf5d06f, 0x8ab8ff, 0xd8a8ff, 0x6fdfe8, 0xd7dde6,
        0x8c97a8, 0xffa8a0, 0xa2f0bd, 0xffe39a, 0xaecdff, 0xe6c6ff, 0x9aeef4, 0xffffff
    };
    private static final int[] STEPS = {0, 95, 135, 175, 215, 255};

    private Palette() {}

    /** Red, green and blue in one number. */
    static int colour(int index) {
        if (index < 16) {
            return NAMED[index];
        }
        if (index < 232) {
            int cube = index - 16;
            return rgb(STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6]);
        }
        int grey = 8 + 10 * (index - 232);
        return rgb(grey, grey, grey);
    }

    /** The nearest of the cube and the greys. */
    static int nearest(int red, int green, int blue) {
        int best = 16;
        int least = Integer.MAX_VALUE;
        for (int index = 16; index < 256; index++) {
            int colour = colour(index);
            int r = (colour >> 16) - red;
            int g = (colour >> 8 & 0xff) - green;
            int b = (colour & 0xff) - blue;
            int distance = r * r + g * g + b * b;
            if (distance < least) {
                least = distance;
                best = index;
            }
        }
        return best;
    }

    /** The style sheet that gives the classes of {@link Terminal} their colours. Dark inks are lifted until they can be read. */
    public static String css() {
        StringBuilder css = new StringBuilder(24_000);
        for (int index = 0; index < 256; index++) {
            int paper = colour(index);
            css.append(".t-k%d{color:#%06x}.t-p%d{background:#%06x}\n"
                    .formatted(index, readable(paper), index, index < 16 ? shade(paper) : paper));
        }
        return css.toString();
    }

    private static int readable(int colour) {
        int lifted = colour;
        while (luminance(lifted) < 0.23) {
            lifted = rgb(lift(lifted >> 16), lift(lifted >> 8 & 0xff), lift(lifted & 0xff));
        }
        return lifted;
    }

    private static int lift(int channel) {
        return Math.min(255, channel + 12);
    }

    private static int shade(int colour) {
        return rgb((colour >> 16) / 3, (colour >> 8 & 0xff) / 3, (colour & 0xff) / 3);
    }

    /** Relative luminance as WCAG 2.2 defines it, 0 to 1. */
    static double luminance(int colour) {
        return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8 & 0xff) + 0.0722 * linear(colour & 0xff);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static int rgb(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }
}
