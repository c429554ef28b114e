using Baton.C1z.Container;
using Baton.C1z.Tests.Support;

namespace Baton.C1z.Tests.Container;

public sealed class WorkingFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_Folder_IsForItsOwnerOnlyAndGoesWhenDisposed()
    {
        using (var working = WorkingFolder.Create(_folder.Temporary))
        {
            Assert.Equal(_folder.Temporary, Path.GetDirectoryName(working.Path));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(working.Path));
            }

            File.WriteAllText(working.DatabasePath, "content");
        }

        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Create_FolderOfAProcessThatWasKilled_IsSweptAndALiveOneIsNot()
    {
        using var killed = ChildProcess.Start(ChildParts.Hold, _folder.In("killed.c1z"), _folder.Temporary);
        Assert.Equal("ready", killed.ReadLine());
        var abandoned = Assert.Single(Directory.EnumerateDirectories(_folder.Temporary));
        using var alive = ChildProcess.Start(ChildParts.Hold, _folder.In("alive.c1z"), _folder.Temporary);
        Assert.Equal("ready", alive.ReadLine());
        killed.Kill();
        Assert.True(Directory.Exists(abandoned), "a killed process cleaned up");

        using (var mine = WorkingFolder.Create(_folder.Temporary))
        using (WorkingFolder.Create(_folder.Temporary))
        {
            Assert.False(Directory.Exists(abandoned));
            Assert.True(Directory.Exists(mine.Path));
            Assert.Equal(3, Directory.EnumerateDirectories(_folder.Temporary).Count());
        }

        alive.GoOn();
        Assert.Equal(0, alive.WaitForExit());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Temporary));
    }

    [Fact]
    public void Create_WhatOthersKeepInThePlace_IsLeftAlone()
    {
        var foreign = Directory.CreateDirectory(Path.Combine(_folder.Temporary, "another-program")).FullName;
        var unlocked = Directory.CreateDirectory(Path.Combine(_folder.Temporary, "baton-c1z-in-the-making")).FullName;
        var target = Directory.CreateDirectory(_folder.In("target")).FullName;
        File.WriteAllText(Path.Combine(target, "lock"), "");
        File.CreateSymbolicLink(Path.Combine(_folder.Temporary, "baton-c1z-link"), target);

        WorkingFolder.Create(_folder.Temporary).Dispose();

        Assert.True(Directory.Exists(foreign));
        Assert.True(Directory.Exists(unlocked));
        Assert.True(File.Exists(Path.Combine(target, "lock")), "what a link names was deleted");
    }

    [Fact]
    public void Create_NoPlace_SaysWhatToDo()
    {
        var refusal = Assert.Throws<C1zException>(() => WorkingFolder.Create(_folder.In("absent")));

        Assert.Equal(C1zError.NotWritable, refusal.Error);
        Assert.Contains(_folder.In("absent"), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("BATON_TMPDIR", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ManyAtOnce_SweepNoneThatIsBeingMade()
    {
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            for (var i = 0; i < 300; i++)
            {
                using var working = WorkingFolder.Create(_folder.Temporary);
                Assert.True(Directory.Exists(working.Path));
                File.WriteAllText(working.DatabasePath, "content");
            }
        });

        _folder.AssertNothingIsLeft();
    }
}
