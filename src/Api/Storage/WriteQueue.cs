namespace Galley.Storage;

/// <summary>What waits to be written, in two lines: what somebody waits for, and before which the rest steps aside.</summary>
internal sealed class WriteQueue<T>(int most)
    where T : class
{
    // Beside what is urgent a little of the rest goes on: it is never left waiting for good.
    private const int Share = 4;

    // One that is to be alone waits for so many groups of urgent ones, and then goes before the next.
    private const int MostPassed = 16;

    private readonly object _gate = new();
    private readonly Queue<T> _urgent = new();
    private readonly LinkedList<T> _patient = new();
    private bool _isClosed;
    private int _passed;

    /// <summary>How many wait, in both lines.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _urgent.Count + _patient.Count;
        }
    }

    /// <summary>Whether it takes no more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _isClosed;
        }
    }

    /// <summary>Whether anything urgent waits.</summary>
    public bool HasUrgent
    {
        get
        {
            lock (_gate)
                return _urgent.Count > 0;
        }
    }

    /// <summary>Puts an urgent one at the end of its line: false where that is full.</summary>
    public bool TryAdd(T item)
    {
        lock (_gate)
        {
            RequireOpen();
            if (_urgent.Count >= most)
                return false;

            _urgent.Enqueue(item);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Puts patient ones at the end of theirs, one behind the other. Whoever does so bounds how many wait.</summary>
    public void AddPatient(IEnumerable<T> items)
    {
        lock (_gate)
        {
            RequireOpen();
            foreach (var item in items)
                _patient.AddLast(item);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until there is something, or for so long, and takes what may be done together: the urgent before the patient, and of these few where others wait. False when nothing will come any more.</summary>
    public bool Take(List<T> group, int mostUrgent, int mostPatient, TimeSpan longest, Func<T, bool> isAlone)
    {
        lock (_gate)
        {
            while (_urgent.Count == 0 && _patient.Count == 0)
            {
                if (_isClosed)
                    return false;

                if (!Monitor.Wait(_gate, longest))
                    return true;
            }

            if (!IsPassedOver(isAlone))
                TakeUrgent(group, mostUrgent);
            var room = group.Count > 0 ? Share : mostPatient;
            while (room-- > 0 && _patient.First is { Value: var next } && (group.Count == 0 || !isAlone(next)))
            {
                group.Add(next);
                _patient.RemoveFirst();
                if (isAlone(next))
                    break;
            }

            return true;
        }
    }

    /// <summary>Takes the patient ones of a group from a place on back, before all others, and what is urgent in their stead.</summary>
    public void StepAside(List<T> group, int from, int mostUrgent)
    {
        lock (_gate)
        {
            for (var i = group.Count - 1; i >= from; i--)
                _patient.AddFirst(group[i]);

            group.RemoveRange(from, group.Count - from);
            TakeUrgent(group, mostUrgent);
        }
    }

    /// <summary>Takes no more; what waits is still given out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool IsPassedOver(Func<T, bool> isAlone)
    {
        _passed = _urgent.Count > 0 && _patient.First is { Value: var next } && isAlone(next) ? _passed + 1 : 0;
        if (_passed <= MostPassed)
            return false;

        _passed = 0;
        return true;
    }

    private void TakeUrgent(List<T> group, int most)
    {
        while (group.Count < most && _urgent.TryDequeue(out var next))
            group.Add(next);
    }

    private void RequireOpen()
    {
        if (_isClosed)
            throw OutageException.Stopping();
    }
}
