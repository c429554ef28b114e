using System.IO.Compression;
using System.Xml;

namespace Baton.Evidence.Sheets.Inputs;

/// <summary>
/// Reads the cells of a workbook as texts, a row at a time. Workbooks come back from people's machines, by mail: what one may unpack to is
/// bounded, and it can neither define entities nor reach for anything outside of it. Format: ECMA-376, part 1.
/// </summary>
public sealed class XlsxReader : IDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string StrictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictRelations = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private const int MostParts = 4096;
    private const long MostCharacters = 4L << 30;

    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly XlsxSharedTexts _shared;

    private XlsxReader(string path, ZipArchive archive)
    {
        _path = path;
        _archive = archive;
        Sheets = ReadSheets();
        _shared = new XlsxSharedTexts();
        if (Find("xl/sharedStrings.xml") is { } part)
        {
            using var xml = Open(part);
            Guard(() => _shared.Read(xml, path));
        }
    }

    /// <summary>The sheets in the order of the workbook: name and the part that holds each.</summary>
    public IReadOnlyList<(string Name, string Part)> Sheets { get; }

    /// <exception cref="EvidenceException">It is not a workbook, or one that cannot be read.</exception>
    public static XlsxReader Open(string path)
    {
        var file = SheetFile.Open(path);
        try
        {
            RequireZip(path, file);
            var archive = new ZipArchive(file, ZipArchiveMode.Read);
            return archive.Entries.Count > MostParts ? throw Damaged(path, "it has too many parts") : new(path, archive);
        }
        catch (InvalidDataException damage)
        {
            file.Dispose();
            throw Damaged(path, damage.Message);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The rows of a sheet: the number that a spreadsheet shows, and the cells by column from 0. Cells that are empty are left out.</summary>
    public IEnumerable<(int Row, IReadOnlyDictionary<int, string> Cells)> Rows(string part)
    {
        using var xml = Open(Find(part) ?? throw Damaged(_path, $"its sheet {part} is missing"));
        var cells = new XlsxCells(xml, _shared);
        while (Guard(cells.Next))
        {
            yield return (cells.Row, cells.Texts);
        }
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>The name of an element, wherever the workbook comes from: there are two dialects of the format.</summary>
    internal static bool Is(XmlReader xml, string name)
        => xml.NodeType == XmlNodeType.Element && xml.LocalName == name && (xml.NamespaceURI is Main or StrictMain);

    private List<(string, string)> ReadSheets()
    {
        var targets = ReadTargets();
        using var xml = Open(Find("xl/workbook.xml") ?? throw Damaged(_path, "it holds no workbook"));
        return Guard(() =>
        {
            var sheets = new List<(string, string)>();
            while (xml.Read())
            {
                if (Is(xml, "sheet"))
                {
                    var id = xml.GetAttribute("id", Relations) ?? xml.GetAttribute("id", StrictRelations) ?? "";
                    if (targets.TryGetValue(id, out var target))
                    {
                        sheets.Add((xml.GetAttribute("name") ?? "", target));
                    }
                }
            }

            return sheets;
        });
    }

    private Dictionary<string, string> ReadTargets()
    {
        using var xml = Open(Find("xl/_rels/workbook.xml.rels") ?? throw Damaged(_path, "it is not a workbook"));
        return Guard(() =>
        {
            var targets = new Dictionary<string, string>(StringComparer.Ordinal);
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("Target") is { } target)
                {
                    targets[xml.GetAttribute("Id") ?? ""] = target.StartsWith('/') ? target[1..] : $"xl/{target}";
                }
            }

            return targets;
        });
    }

    private ZipArchiveEntry? Find(string part) => _archive.GetEntry(part);

    private XmlReader Open(ZipArchiveEntry part)
    {
        try
        {
            return XmlReader.Create(part.Open(), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = MostCharacters,
                CloseInput = true,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            });
        }
        catch (InvalidDataException damage)
        {
            throw Damaged(_path, damage.Message);
        }
    }

    private void Guard(Action read) => Guard(() =>
    {
        read();
        return true;
    });

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is XmlException or InvalidDataException or FormatException or OverflowException)
        {
            throw Damaged(_path, damage.Message);
        }
    }

    private static void RequireZip(string path, FileStream file)
    {
        Span<byte> start = stackalloc byte[8];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (length >= 4 && start[..4].SequenceEqual((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw new EvidenceException($"{path} is an old .xls file, or protected by a password; save it as .xlsx without one", EvidenceError.BadInput);
        }

        if (length < 4 || !start[..4].SequenceEqual("PK\u0003\u0004"u8))
        {
            throw new EvidenceException($"{path} is not an .xlsx file", EvidenceError.BadInput);
        }
    }

    private static EvidenceException Damaged(string path, string why) => new($"{path} cannot be read as a workbook: {why}", EvidenceError.BadInput);
}
