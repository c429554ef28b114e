using System.Security.Cryptography;
using Baton.Testing.ControlPlane.Uploads;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Testing.ControlPlane.Tasks;

/// <summary>
/// The tasks, handed out in the order in which they were added, each to one host. One whose holder is silent for longer than the
/// lease goes back to the end of the queue, and what its former holder then says of it is refused.
/// </summary>
public sealed class PlatformTasks
{
    private const string IdCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 27;

    private readonly ChangeSignal _changes;
    private readonly FakeControlPlaneOptions _options;
    private readonly List<PlatformTask> _all = [];
    private readonly Dictionary<string, PlatformTask> _byId = new(StringComparer.Ordinal);
    private readonly List<PlatformTask> _queue = [];

    internal PlatformTasks(ChangeSignal changes, FakeControlPlaneOptions options) => (_changes, _options) = (changes, options);

    public IReadOnlyList<PlatformTask> All => _changes.Read<IReadOnlyList<PlatformTask>>(() => [.. _all]);

    /// <exception cref="KeyNotFoundException">There is none of that id.</exception>
    public PlatformTask this[string id] => Find(id) ?? throw new KeyNotFoundException($"There is no task {id}.");

    /// <summary>Adds a task to the end of the queue. One without an id is given one.</summary>
    public PlatformTask Add(BatonTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var message = task.Clone();
        message.Id = message.Id.Length > 0 ? message.Id : RandomNumberGenerator.GetString(IdCharacters, IdLength);
        return _changes.Make(() =>
        {
            var added = new PlatformTask(this, message);
            _byId.Add(added.Id, added);
            _all.Add(added);
            _queue.Add(added);
            return added;
        });
    }

    internal PlatformTask? Find(string id) => _changes.Read(() => _byId.GetValueOrDefault(id));

    internal bool Any(IReadOnlyCollection<string> known) => _changes.Read(() => _queue.Exists(task => !known.Contains(task.Id, StringComparer.Ordinal)));

    /// <summary>Hands out as many tasks as are wanted and there, none of which the host knows already.</summary>
    internal IReadOnlyList<BatonTask> Take(string hostId, int wanted, IReadOnlyCollection<string> known) => _changes.Make(() =>
    {
        var taken = _queue.Where(task => !known.Contains(task.Id, StringComparer.Ordinal)).Take(wanted).ToList();
        foreach (var task in taken)
        {
            _queue.Remove(task);
            task.IsQueued = false;
            task.HostId = hostId;
            task.Deliveries++;
            task.Lease?.Dispose();
            task.Lease = _options.TaskLease is { } lease
                ? _options.Time.CreateTimer(_ => Requeue(task), state: null, lease, Timeout.InfiniteTimeSpan)
                : null;
        }

        return taken.ConvertAll(task => task.Message);
    });

    /// <summary>Keeps the lease. False when the host is to stop: the task is cancelled, over, or another's.</summary>
    internal bool KeepAlive(PlatformTask task, string hostId) => _changes.Make(() =>
    {
        task.Heartbeats++;
        if (task.HostId != hostId || task.IsQueued || task.HasEnded)
        {
            return false;
        }

        if (_options.TaskLease is { } lease)
        {
            task.Lease?.Change(lease, Timeout.InfiniteTimeSpan);
        }

        return !task.IsCancelled;
    });

    /// <summary>False when the task has ended or is another's, so that the upload is not wanted.</summary>
    internal bool Accept(PlatformTask task, string hostId, Upload upload) => _changes.Make(() =>
    {
        var accepts = task.HostId == hostId && !task.IsQueued && !task.HasEnded;
        if (accepts)
        {
            task.Uploads = [.. task.Uploads, upload];
        }

        return accepts;
    });

    /// <summary>False when the task has ended already or is another's.</summary>
    internal bool Finish(PlatformTask task, TaskEnd end) => _changes.Make(() =>
    {
        if (task.HasEnded || task.IsQueued || task.HostId != end.HostId)
        {
            task.RefusedEnds++;
            return false;
        }

        task.End = end;
        task.Lease?.Dispose();
        return true;
    });

    internal void Cancel(PlatformTask task) => _changes.Make(() => task.IsCancelled = true);

    internal void Requeue(PlatformTask task) => _changes.Make(() =>
    {
        if (!task.IsQueued && !task.HasEnded)
        {
            task.IsQueued = true;
            task.Lease?.Dispose();
            _queue.Add(task);
        }
    });

    internal void Close() => _changes.Make(() =>
    {
        foreach (var task in _all)
        {
            task.Lease?.Dispose();
        }
    });
}
