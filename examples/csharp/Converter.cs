// A converter in two ways, by its arguments:
// Converter.exe FROM TO  is started for each message, which is on stdin;
// Converter.exe          stays alive and answers framed requests.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;

class Refused : Exception {
    public Refused(string reason) : base(reason) { }
}

static class Converter {
    static readonly Stream Input = Console.OpenStandardInput(), Output = Console.OpenStandardOutput();

    // Gives the message in the other release; releases are "2.0" and "2.1".
    static byte[] Convert(byte[] message, string from, string to) {
        // YOUR CONVERTER GOES HERE. This one hands the message to a program.
        var start = new ProcessStartInfo("ikeur", $"convert --from {from} --to {to}") {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using (var program = Process.Start(start)) {
            program.StandardInput.BaseStream.Write(message, 0, message.Length);
            program.StandardInput.Close();
            var converted = new MemoryStream();
            program.StandardOutput.BaseStream.CopyTo(converted);
            var reason = program.StandardError.ReadToEnd();
            program.WaitForExit();
            if (program.ExitCode == 3) throw new Refused(reason);
            if (program.ExitCode != 0) throw new Exception(reason);
            return converted.ToArray();
        }
    }

    // Exit code 0: converted. 3: refused, with the reason on stderr. Any other: a crash.
    static int ConvertOne(string from, string to) {
        var message = new MemoryStream();
        Input.CopyTo(message);
        try {
            var converted = Convert(message.ToArray(), from, to);
            Output.Write(converted, 0, converted.Length);
            return 0;
        } catch (Refused refused) {
            Console.Error.Write(refused.Message);
            return 3;
        }
    }

    // The fields of the next request; null when there is none.
    static Dictionary<string, string> Fields() {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n")) {
            var next = Input.ReadByte();
            if (next < 0) return null;
            head.Append((char) next);
        }
        var fields = new Dictionary<string, string>();
        foreach (var line in head.ToString().Trim().Split(new[] { "\r\n" }, StringSplitOptions.None)) {
            var parts = line.Split(new[] { ": " }, 2, StringSplitOptions.None);
            fields[parts[0]] = parts[1];
        }
        return fields;
    }

    static byte[] Body(int length) {
        var body = new byte[length];
        for (int read = 0; read < length; ) {
            var more = Input.Read(body, read, length - read);
            if (more == 0) throw new EndOfStreamException();
            read += more;
        }
        return body;
    }

    static void Respond(string id, string status, byte[] body) {
        var head = $"Id: {id}\r\nStatus: {status}\r\nContent-Length: {body.Length}\r\n\r\n";
        Output.Write(Encoding.ASCII.GetBytes(head), 0, head.Length);
        Output.Write(body, 0, body.Length);
        Output.Flush();
    }

    static int Main(string[] words) {
        if (words.Length == 2) return ConvertOne(words[0], words[1]);
        for (Dictionary<string, string> fields; (fields = Fields()) != null; ) {
            var message = Body(int.Parse(fields["Content-Length"]));
            try {
                Respond(fields["Id"], "ok", Convert(message, fields["From"], fields["To"]));
            } catch (Refused refused) {
                Respond(fields["Id"], "refused", Encoding.UTF8.GetBytes(refused.Message));
            } catch (Exception error) {
                Respond(fields["Id"], "error", Encoding.UTF8.GetBytes(error.Message));
            }
        }
        return 0;
    }
}
