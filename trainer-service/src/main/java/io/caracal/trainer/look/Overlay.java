package io.caracal.trainer.look;

import io.caracal.imaging.ColourMap;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// Draws a heat map over a picture: the picture on the left, the same with the map on the right, below them what it
/// shows and its scale.
final class Overlay {
    private static final double OPACITY = .6;
    /// Of what the model does not see.
    private static final double SHADE = .35;

    private static final int GAP = 8;
    private static final int STRIP = 64;
    private static final int BAR = 160;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color FAINT = new Color(0x555555);

    private final ColourMap colours = ColourMap.inferno();

    /// @param title what the model says
    /// @param line what the map is
    /// @param lowest the value of the darkest colour
    /// @param highest the value of the brightest colour
    record Caption(String title, String line, String lowest, String highest) {}

    /// @param picture RGB
    /// @param map over the region; drawn from its smallest value, but not below 0, to its largest
    /// @return a PNG
    byte[] png(BufferedImage picture, HeatMap map, Region region, Caption caption) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(draw(picture, map, region, caption), "png", bytes);
        return bytes.toByteArray();
    }

    BufferedImage draw(BufferedImage picture, HeatMap map, Region region, Caption caption) {
        BufferedImage measure = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D ruler = measure.createGraphics();
        int text = Math.max(
                ruler.getFontMetrics(TITLE).stringWidth(caption.title()),
                ruler.getFontMetrics(SMALL).stringWidth(caption.line()));
        ruler.dispose();
        int width = Math.max(2 * picture.getWidth() + GAP, text + BAR + 4 * GAP);
        BufferedImage sheet = new BufferedImage(width, picture.getHeight() + STRIP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        graphics.drawImage(picture, 0, 0, null);
        graphics.drawImage(covered(picture, map.spread(), region), picture.getWidth() + GAP, 0, null);
        caption(graphics, caption, picture.getHeight());
        bar(sheet, graphics, caption, picture.getHeight());
        graphics.dispose();
        return sheet;
    }

    /// @param map from 0 to 1
    private BufferedImage covered(BufferedImage picture, HeatMap map, Region region) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage covered = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < height; row++) {
            double y = (row + .5) / height;
            for (int column = 0; column < width; column++) {
                double x = (column + .5) / width;
                int rgb = picture.getRGB(column, row);
                covered.setRGB(
                        column,
                        row,
                        region.contains(x, y)
                                ? blend(rgb, colours.rgb(map.sample(region.x(x), region.y(y))), OPACITY)
                                : blend(0, rgb, SHADE));
            }
        }
        return covered;
    }

    private static int blend(int below, int above, double opacity) {
        int blended = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double from = below >> shift & 0xff;
            double to = above >> shift & 0xff;
            blended |= (int) Math.rint(from + (to - from) * opacity) << shift;
        }
        return blended;
    }

    private static void caption(Graphics2D graphics, Caption caption, int top) {
        graphics.setColor(Color.BLACK);
        graphics.setFont(TITLE);
        graphics.drawString(caption.title(), GAP, top + 27);
        graphics.setColor(FAINT);
        graphics.setFont(SMALL);
        graphics.drawString(caption.line(), GAP, top + 50);
    }

    private void bar(BufferedImage sheet, Graphics2D graphics, Caption caption, int top) {
        int left = sheet.getWidth() - BAR - GAP;
        for (int x = 0; x < BAR; x++) {
            for (int y = 0; y < 16; y++) {
                sheet.setRGB(left + x, top + 14 + y, colours.rgb((double) x / (BAR - 1)));
            }
        }
        graphics.drawString(caption.lowest(), left, top + 50);
        int width = graphics.getFontMetrics().stringWidth(caption.highest());
        graphics.drawString(caption.highest(), left + BAR - width, top + 50);
    }
}
