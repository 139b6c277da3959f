// SPDX-License-Identifier: Apache-2.0

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.PrintStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * java ReadBatch.java BATCH SCRATCH > LISTING: lists each archive of a batch as Java's ZipFile reads it, which wants a
 * file, SCRATCH. The form of a batch is described in main.cpp, that of a listing in listing.hpp.
 *
 * ZipFile does not say what an entry is but for the slash of a directory, so that a file and a link are both "-".
 */
public class ReadBatch {
    private static String listEntry(ZipFile archive, ZipEntry entry) throws Exception {
        byte[] content;
        try (var stream = archive.getInputStream(entry)) {
            content = stream.readAllBytes();
        }
        if (content.length != entry.getSize()) {
            throw new IOException(content.length + " bytes instead of " + entry.getSize());
        }
        var hex = HexFormat.of();
        var digest = MessageDigest.getInstance("SHA-256").digest(content);
        return "\t" + hex.formatHex(entry.getName().getBytes(StandardCharsets.UTF_8)) + " "
            + (entry.isDirectory() ? "dir" : "-") + " " + content.length + " " + hex.formatHex(digest);
    }

    private static String listArchive(byte[] content, Path scratch) throws IOException {
        Files.write(scratch, content);
        var rows = new StringBuilder();
        try (var archive = new ZipFile(scratch.toFile())) {
            for (var entry : Collections.list(archive.entries())) {
                rows.append(listEntry(archive, entry));
            }
        } catch (Exception error) { // whatever ZipFile throws is a refusal, and a difference
            return "\t! " + error.toString().replaceAll("\\s+", " ");
        }
        return rows.toString();
    }

    public static void main(String[] arguments) throws IOException {
        var scratch = Path.of(arguments[1]);
        try (var batch = new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(arguments[0]))));
             var listing = new PrintStream(System.out, false, StandardCharsets.US_ASCII)) {
            while (true) {
                long number;
                try {
                    number = Long.reverseBytes(batch.readLong());
                } catch (EOFException end) {
                    break;
                }
                var content = new byte[(int) Long.reverseBytes(batch.readLong())];
                batch.readFully(content);
                listing.println(number + listArchive(content, scratch));
            }
        }
    }
}
