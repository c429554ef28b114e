using System.Text;
using Baton.C1z.Reading;
using Baton.Cli.Output;
using Baton.Cli.Reading;
using Google.Protobuf;

namespace Baton.Cli.Export;

/// <summary>Everything that a sync holds, in the messages of the listings: one document, or the sync and then each element on a line of its own.</summary>
internal static class SyncDocument
{
    public static void Write(ExportRequest request, Stream output, OutputFormat format)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true);
        using var document = new JsonDocumentWriter(text);
        var sync = SyncMessages.Output(request.Session.Reader.Run);
        if (format == OutputFormat.JsonLines)
        {
            document.WriteLine(sync);
        }
        else
        {
            document.WriteMember("sync", sync);
        }

        foreach (var (list, element) in Elements(new JoinedRows(request.Session.Reader)))
        {
            request.CancellationToken.ThrowIfCancellationRequested();
            if (format == OutputFormat.JsonLines)
            {
                document.WriteLine(element);
            }
            else
            {
                document.WriteElement(list, element);
            }
        }

        if (format == OutputFormat.JsonLines)
        {
            document.EndLines();
        }
        else
        {
            document.EndList();
        }
    }

    private static IEnumerable<(string List, IMessage Element)> Elements(JoinedRows rows)
        => rows.ResourceTypes().Select(row => ("resourceTypes", (IMessage)row))
            .Concat(rows.Resources(ListFilter.None).Select(row => ("resources", (IMessage)row)))
            .Concat(rows.Entitlements(ListFilter.None).Select(row => ("entitlements", (IMessage)row)))
            .Concat(rows.Grants(ListFilter.None).Select(row => ("grants", (IMessage)row)));
}
