import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.util.Properties;

/** A program that stays alive and answers framed requests: java Convert.java */
public class Convert {
    static class Refused extends Exception {
        Refused(String reason) {
            super(reason);
        }
    }

    /** Gives the message in the other release; releases are "2.0" and "2.1". */
    static byte[] convert(byte[] message, String from, String to) throws Exception {
        // YOUR CONVERTER GOES HERE. This one hands the message to a program.
        Process program = new ProcessBuilder("ikeur", "convert", "--from", from, "--to", to).start();
        try (OutputStream input = program.getOutputStream()) {
            input.write(message);
        }
        byte[] converted = program.getInputStream().readAllBytes();
        String reason = new String(program.getErrorStream().readAllBytes(), UTF_8);
        switch (program.waitFor()) {
            case 0: return converted;
            case 3: throw new Refused(reason);
            default: throw new IOException(reason);
        }
    }

    /** The fields of the next request; null when there is none. */
    static Properties fields(InputStream requests) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = requests.read();
            if (next < 0) return null;
            head.append((char) next);
        }
        Properties fields = new Properties();
        fields.load(new StringReader(head.toString()));
        return fields;
    }

    static void respond(Properties fields, String status, byte[] body) throws IOException {
        String head = "Id: %s\r\nStatus: %s\r\nContent-Length: %d\r\n\r\n";
        System.out.print(head.formatted(fields.getProperty("Id"), status, body.length));
        System.out.write(body);
        System.out.flush();
    }

    public static void main(String[] words) throws IOException {
        for (Properties fields; (fields = fields(System.in)) != null; ) {
            int length = Integer.parseInt(fields.getProperty("Content-Length"));
            byte[] message = System.in.readNBytes(length);
            try {
                String from = fields.getProperty("From"), to = fields.getProperty("To");
                respond(fields, "ok", convert(message, from, to));
            } catch (Refused refused) {
                respond(fields, "refused", refused.getMessage().getBytes(UTF_8));
            } catch (Exception error) {
                respond(fields, "error", error.toString().getBytes(UTF_8));
            }
        }
    }
}
