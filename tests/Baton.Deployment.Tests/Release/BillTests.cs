using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.BillOfMaterials;
using Baton.CommandLine;

namespace Baton.Deployment.Tests.Release;

/// <summary>What goes along with an executable: its bill of materials, and the licences of others.</summary>
public sealed partial class BillTests : IDisposable
{
    private const string Made = "1795455858";

    private static readonly string Assets = Repository.PathOf("artifacts", "obj", "Baton.Grafana", "project.assets.json");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-bill-");

    private string Sbom => Path.Combine(_folder.FullName, "sbom.json");

    private string Notices => Path.Combine(_folder.FullName, "notices.txt");

    [Fact]
    public async Task Bill_OfTheConnector_HasWhatCycloneDxAsksFor()
    {
        await WriteAsync();

        using var bill = JsonDocument.Parse(await File.ReadAllTextAsync(Sbom, TestContext.Current.CancellationToken));
        var root = bill.RootElement;
        Assert.Equal(("CycloneDX", "1.6", 1), (root.GetProperty("bomFormat").GetString(), root.GetProperty("specVersion").GetString(), root.GetProperty("version").GetInt32()));
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", root.GetProperty("serialNumber").GetString());
        Assert.Equal("2026-11-23T17:44:18Z", root.GetProperty("metadata").GetProperty("timestamp").GetString());
        var components = root.GetProperty("components").EnumerateArray().ToList();
        Assert.All(components, component =>
        {
            Assert.Contains(component.GetProperty("type").GetString(), new[] { "library", "framework" });
            Assert.Matches("^pkg:(nuget|deb)/[^@]+@[^@]+$", component.GetProperty("purl").GetString());
            Assert.NotEmpty(component.GetProperty("version").GetString()!);
        });
        var references = components.Select(component => component.GetProperty("bom-ref").GetString()!).ToList();
        Assert.Equal(references.Count, references.Distinct(StringComparer.Ordinal).Count());
        var subject = root.GetProperty("metadata").GetProperty("component").GetProperty("bom-ref").GetString()!;
        foreach (var dependency in root.GetProperty("dependencies").EnumerateArray())
        {
            Assert.Contains(dependency.GetProperty("ref").GetString(), references.Append(subject));
            Assert.All(dependency.GetProperty("dependsOn").EnumerateArray(), on => Assert.Contains(on.GetString(), references));
        }

        foreach (var hash in components.Where(component => component.TryGetProperty("hashes", out _)).Select(component => component.GetProperty("hashes")[0]))
        {
            Assert.Equal("SHA-512", hash.GetProperty("alg").GetString());
            Assert.Matches("^[0-9a-f]{128}$", hash.GetProperty("content").GetString());
        }

        Assert.Equal("pkg:deb/debian/libc6@2.36-9%2Bdeb12u14?arch=amd64&distro=debian-12", references.Last());
    }

    [Fact]
    public async Task Bill_Packages_AreThoseOfTheLockFileThatAreShipped()
    {
        await WriteAsync();

        using var bill = JsonDocument.Parse(await File.ReadAllTextAsync(Sbom, TestContext.Current.CancellationToken));
        using var locked = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.PathOf("src", "Baton.Grafana", "packages.lock.json"), TestContext.Current.CancellationToken));
        var resolved = locked.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(package => package.Value.TryGetProperty("resolved", out _))
            .Select(package => (package.Name, Version: package.Value.GetProperty("resolved").GetString()!))
            .ToHashSet();
        var listed = bill.RootElement.GetProperty("components").EnumerateArray()
            .Where(component => component.GetProperty("purl").GetString()!.StartsWith("pkg:nuget/", StringComparison.Ordinal))
            .Select(component => (Name: component.GetProperty("name").GetString()!, Version: component.GetProperty("version").GetString()!))
            .ToList();

        // The runtime comes with the SDK, and is in no lock file.
        Assert.Single(listed, component => component.Name == "Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64");
        Assert.All(listed.Where(component => !component.Name.StartsWith("Microsoft.NETCore.App.", StringComparison.Ordinal)), component => Assert.Contains(component, resolved));
        Assert.Contains(listed, component => component.Name == "SQLite");
        Assert.Contains(listed, component => component.Name == "Google.Protobuf");
        Assert.DoesNotContain(listed, component => component.Name is "Grpc.Tools" or "Meziantou.Analyzer" or "Microsoft.DotNet.ILCompiler");
    }

    [Fact]
    public async Task Bill_WrittenTwice_IsTheSame()
    {
        await WriteAsync();
        var first = await File.ReadAllBytesAsync(Sbom, TestContext.Current.CancellationToken);

        await WriteAsync();

        Assert.Equal(first, await File.ReadAllBytesAsync(Sbom, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Notices_EachPackage_HasItsNameAndTerms()
    {
        await WriteAsync();

        var sections = SectionLine().Split(await File.ReadAllTextAsync(Notices, TestContext.Current.CancellationToken)).Skip(1).ToList();

        using var bill = JsonDocument.Parse(await File.ReadAllTextAsync(Sbom, TestContext.Current.CancellationToken));
        var nuget = bill.RootElement.GetProperty("components").EnumerateArray().Where(component => component.GetProperty("purl").GetString()!.StartsWith("pkg:nuget/", StringComparison.Ordinal)).ToList();
        Assert.Equal(nuget.Select(component => $"{component.GetProperty("name")} {component.GetProperty("version")}"), sections.Select(section => section.Split('\n')[0]));
        Assert.All(sections, section => Assert.True(section.Split('\n').Length > 4, section));
        Assert.Contains(sections, section => section.StartsWith("Google.Protobuf ", StringComparison.Ordinal) && section.Contains("Redistribution and use in source and binary forms", StringComparison.Ordinal));
        Assert.Contains(sections, section => section.StartsWith("SQLite ", StringComparison.Ordinal) && section.Contains("Public Domain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--assets is missing.", "--name", "x", "--version", "1")]
    [InlineData("There is no '/nowhere': run dotnet restore first.", "--name", "x", "--version", "1", "--assets", "/nowhere")]
    [InlineData("--made is 'soon', which is no number of seconds.", "--name", "x", "--version", "1", "--assets", "/nowhere", "--made", "soon")]
    public async Task Bill_WrongInput_IsRefusedInOneSentence(string message, params string[] arguments)
        => Assert.Equal(message, (await Assert.ThrowsAsync<BillException>(() => RunAsync(arguments))).Message);

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task WriteAsync()
    {
        var packages = Path.Combine(_folder.FullName, "packages");
        await File.WriteAllTextAsync(packages, "libc6 2.36-9+deb12u14 amd64 debian-12\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync("--assets", Assets, "--name", "baton-grafana", "--version", "0.1.0", "--made", Made, "--debian-packages", packages, "--sbom", Sbom, "--notices", Notices));
    }

    private static Task<int> RunAsync(params string[] arguments)
        => new CommandRunner(BillCommand.Definition, TextWriter.Null, TextWriter.Null).RunAsync(arguments, TestContext.Current.CancellationToken);

    [GeneratedRegex("^-{100}\n", RegexOptions.Multiline)]
    private static partial Regex SectionLine();
}
