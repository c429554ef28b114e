namespace Baton.Sdk.Sync;

/// <summary>
/// What is left to do: a stack of actions, the last one current. It is the whole state of a sync; a checkpoint is the plan and nothing
/// else. Thread-safe, since the actions of a batch advance side by side.
/// </summary>
internal sealed class SyncPlan
{
    private readonly Lock _gate = new();
    private readonly List<SyncAction> _stack = [];
    private ulong _nextId;

    /// <summary>A stored grant is to be expanded.</summary>
    public bool NeedsExpansion { get; set; }

    /// <summary>A stored grant names its principals by a rule over external resources.</summary>
    public bool HasExternalGrants { get; set; }

    /// <summary>A targeted sync, which also reads the resources that grants lead to.</summary>
    public bool FetchesRelatedResources { get; set; }

    public bool SkipsEntitlementsAndGrants { get; set; }

    public bool SkipsGrants { get; set; }

    /// <summary>What the sync was of: the target system, the credential's reach, the selection. Only a like sync may resume it.</summary>
    public string Fingerprint { get; set; } = "";

    public ulong CompletedActions { get; private set; }

    public ulong NextId => _nextId;

    public SyncAction? Current
    {
        get
        {
            lock (_gate)
            {
                return _stack.Count > 0 ? _stack[^1] : null;
            }
        }
    }

    public static SyncPlan Fresh()
    {
        var plan = new SyncPlan();
        plan.Push(SyncOperation.Init);
        return plan;
    }

    public static SyncPlan Restore(IEnumerable<SyncAction> bottomToTop, ulong nextId, ulong completed)
    {
        var plan = new SyncPlan { _nextId = nextId, CompletedActions = completed };
        plan._stack.AddRange(bottomToTop);
        return plan;
    }

    /// <summary>The actions, bottom to top.</summary>
    public IReadOnlyList<SyncAction> Snapshot()
    {
        lock (_gate)
        {
            return [.. _stack];
        }
    }

    public SyncAction Push(SyncOperation operation, Func<SyncAction, SyncAction>? describe = null)
    {
        lock (_gate)
        {
            var action = new SyncAction((_nextId++).ToString("D10"), operation);
            action = describe?.Invoke(action) ?? action;
            _stack.Add(action);
            return action;
        }
    }

    /// <summary>The current action and those below it that do the same to another subject, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<SyncAction> Batch(int most)
    {
        lock (_gate)
        {
            var batch = new List<SyncAction>();
            for (var i = _stack.Count - 1; i >= 0 && batch.Count < most && _stack[i].HasSubject && _stack[i].Operation == _stack[^1].Operation; i--)
            {
                batch.Add(_stack[i]);
            }

            return batch;
        }
    }

    /// <summary>The action as the plan has it now, with its current page; null once it is finished.</summary>
    public SyncAction? Find(string id)
    {
        lock (_gate)
        {
            return _stack.FindLast(action => action.Id == id);
        }
    }

    /// <summary>Goes to the action's next page.</summary>
    public SyncAction Advance(SyncAction action, string pageToken)
    {
        var next = action with { PageToken = pageToken };
        lock (_gate)
        {
            _stack[IndexOf(action)] = next;
        }

        return next;
    }

    public void Finish(SyncAction action)
    {
        lock (_gate)
        {
            _stack.RemoveAt(IndexOf(action));
            CompletedActions++;
        }
    }

    /// <summary>Forgets an action without having done it.</summary>
    public void Drop(SyncAction action)
    {
        lock (_gate)
        {
            _stack.RemoveAt(IndexOf(action));
        }
    }

    // From the top: what is looked for is in the current batch.
    private int IndexOf(SyncAction action)
    {
        var index = _stack.FindLastIndex(candidate => candidate.Id == action.Id);
        return index >= 0 ? index : throw new InvalidOperationException($"{action} is not in the plan.");
    }
}
