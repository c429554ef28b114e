using System.Text;
using Baton.C1z.Reading;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Google.Protobuf;

namespace Baton.Evidence.Exports;

/// <summary>Everything that a sync holds, in the messages of the listings: one document, or the sync and then each element on a line of its own.</summary>
public static class SyncExport
{
    /// <param name="isLines">One object a line, instead of one document.</param>
    public static void Write(SyncReader reader, Stream output, bool isLines, CancellationToken cancellationToken)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true);
        using var document = new JsonDocumentWriter(text);
        var sync = SyncMessages.Output(reader.Run);
        if (isLines)
        {
            document.WriteLine(sync);
        }
        else
        {
            document.WriteMember("sync", sync);
        }

        foreach (var (list, element) in Elements(new JoinedRows(reader)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isLines)
            {
                document.WriteLine(element);
            }
            else
            {
                document.WriteElement(list, element);
            }
        }

        if (isLines)
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
