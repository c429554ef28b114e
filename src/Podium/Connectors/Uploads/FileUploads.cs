using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Hosting;

namespace Podium.Connectors.Uploads;

/// <summary>Uploads as files beside the database of the only server there is.</summary>
internal sealed class FileUploads(Database database, DataFolder folder) : IUploadStore
{
    private readonly HashSet<string> _writing = new(StringComparer.Ordinal);
    private readonly Lock _turn = new();

    public IUploadWriter Begin()
    {
        var name = Guid.NewGuid().ToString("N");
        lock (_turn)
        {
            _writing.Add(name);
        }

        return new Writer(this, name);
    }

    public Task<StoredFile> OpenAsync(string name, CancellationToken cancellationToken) => Task.FromResult(new StoredFile(PathOf(name), IsTemporary: false));

    public Task EraseAsync(string name, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(name));
        return Task.CompletedTask;
    }

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // Listed before the rows are read: what is completed meanwhile has its row by then, or is still being written.
        var names = Directory.GetFiles(folder.Uploads).Select(Path.GetFileName).ToList();
        HashSet<string> writing;
        lock (_turn)
        {
            writing = new(_writing, StringComparer.Ordinal);
        }

        var kept = await database.ReadAsync(context => context.Set<Upload>()
            .Where(upload => upload.ErasedAt == null).Select(upload => upload.Name).ToListAsync(cancellationToken));
        foreach (var name in names.Except(kept, StringComparer.Ordinal).Except(writing, StringComparer.Ordinal))
        {
            File.Delete(PathOf(name!));
        }
    }

    private string PathOf(string name) => Path.Combine(folder.Uploads, name);

    private sealed class Writer(FileUploads uploads, string name) : IUploadWriter
    {
        private readonly FileStream _file = new(uploads.PathOf(name), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });

        private bool _isKept;

        public string Name => name;

        public Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => _file.WriteAsync(data, cancellationToken).AsTask();

        public Task KeepAsync(CancellationToken cancellationToken)
        {
            _file.Flush(flushToDisk: true);
            _isKept = true;
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await _file.DisposeAsync();
            if (!_isKept)
            {
                File.Delete(uploads.PathOf(name));
            }

            lock (uploads._turn)
            {
                uploads._writing.Remove(name);
            }
        }
    }
}
