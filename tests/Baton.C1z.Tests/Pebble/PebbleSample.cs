using Baton.C1z.Tests.Support;

namespace Baton.C1z.Tests.Pebble;

/// <summary>The files beside this one. What they hold is in their README.</summary>
internal static class PebbleSample
{
    public const string OddIds = "odd-ids.pebble.c1z";

    public static string PathOf(string name) => Repository.PathOf("tests", "Baton.C1z.Tests", "Pebble", "TestData", name);

    public static string CopyTo(TestFolder folder, string name) => folder.Write(name, File.ReadAllBytes(PathOf(name)));
}
