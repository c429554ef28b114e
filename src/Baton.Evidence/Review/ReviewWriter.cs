using System.Text;
using System.Text.Json;
using Baton.Evidence.Reading;
using Baton.Evidence.Review.Formats;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Review;

/// <summary>Writes a review in the formats that were asked for, and a manifest beside them.</summary>
public sealed class ReviewWriter(ReviewReport report, ReviewOptions options, CancellationToken cancellationToken)
{
    private const string BaseName = "review";
    private const string ManifestName = "manifest.json";
    private const int BufferCharacters = 1 << 15;

    /// <summary>A format that is text.</summary>
    public void Write(TextWriter output, ReviewFormat format)
    {
        switch (format)
        {
            case ReviewFormat.Html:
                HtmlReview.Write(output, report, cancellationToken);
                break;
            case ReviewFormat.Csv:
                CsvReview.Write(output, report, options.Csv, cancellationToken);
                break;
            default:
                using (var bytes = new TextWriterStream(output))
                {
                    Write(bytes, format);
                }

                break;
        }
    }

    /// <summary>Any format.</summary>
    public void Write(Stream output, ReviewFormat format)
    {
        switch (format)
        {
            case ReviewFormat.Xlsx:
                XlsxReview.Write(output, report, cancellationToken);
                break;
            case ReviewFormat.Json:
                JsonReview.Write(output, report, cancellationToken);
                break;
            default:
                using (var text = new StreamWriter(output, new UTF8Encoding(false), BufferCharacters, leaveOpen: true))
                {
                    Write(text, format);
                }

                break;
        }
    }

    /// <returns>What was written: path and size in bytes.</returns>
    public IReadOnlyList<(string Path, long Size)> WriteFiles(ReviewOutput output)
    {
        var files = output.IsFolder
            ? output.Formats.Select(format => (Path: Path.Combine(output.Path, BaseName + format.Extension()), Format: format)).ToList()
            : [(Path: output.Path, Format: output.Formats[0])];
        var manifest = Path.Combine(output.Path, ManifestName);
        string[] others = output.IsFolder ? [.. Enum.GetValues<ReviewFormat>().Select(format => Path.Combine(output.Path, BaseName + format.Extension())), manifest] : [];
        using var set = new OutputSet([.. files.Select(file => file.Path), .. output.IsFolder ? [manifest] : Array.Empty<string>()], output.Overwrite, others);
        var written = files.Select(file => (file.Path, Size: set.Write(file.Path, stream => Write(stream, file.Format)))).ToList();
        if (output.IsFolder)
        {
            var size = set.Write(manifest, stream => WriteManifest(stream, written));
            written.Add((manifest, size));
        }

        set.Complete();
        return written;
    }

    private void WriteManifest(Stream output, IReadOnlyList<(string Path, long Size)> written)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("tool", $"baton {FileProvenance.ToolVersion}");
        json.WriteString("generatedAt", report.Generated.UtcDateTime);
        json.WriteString("syncId", report.Provenance.Run.Id);
        json.WriteString("scope", report.Scope.Text);
        json.WriteNumber("rows", report.Totals.Rows);
        json.WriteNumber("dormantDays", report.Book.Options.DormantDays);
        json.WriteStartArray("inputs");
        foreach (var (path, hash) in Inputs())
        {
            json.WriteStartObject();
            json.WriteString("name", Path.GetFileName(path));
            json.WriteString("sha256", hash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var (path, size) in written)
        {
            json.WriteStartObject();
            json.WriteString("name", Path.GetFileName(path));
            json.WriteNumber("bytes", size);
            json.WriteString("sha256", FileProvenance.Hash(OutputSet.Pending(path)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private IEnumerable<(string Path, string Hash)> Inputs()
    {
        yield return (report.Provenance.FileName, report.Provenance.Sha256);
        if (report.EarlierProvenance is { } earlier)
        {
            yield return (earlier.FileName, earlier.Sha256);
        }

        foreach (var path in options.Inputs)
        {
            yield return (path, FileProvenance.Hash(path));
        }
    }
}
