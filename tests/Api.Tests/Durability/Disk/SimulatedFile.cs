namespace Galley.Tests.Durability.Disk;

/// <summary>One file as a power loss may leave it: what is certainly on the disk, and what was written since and may be.</summary>
internal sealed class SimulatedFile
{
    private const int Sector = 512;

    private readonly List<Change> _changes = [];
    private byte[] _certain = [];

    public void Write(long offset, byte[] bytes) => _changes.Add(new Change(offset, bytes, IsTruncation: false));

    public void Truncate(long size) => _changes.Add(new Change(size, [], IsTruncation: true));

    public void Sync()
    {
        _changes.ForEach(change => change.IsCertain |= !change.IsForgotten);
        var certain = _changes.TakeWhile(change => change.IsCertain).ToList();
        var content = CertainContent();
        certain.ForEach(change => change.ApplyTo(content));
        _certain = content.ToArray();
        _changes.RemoveRange(0, certain.Count);
    }

    public void FailSync() => _changes.ForEach(change => change.IsForgotten |= !change.IsCertain);

    public byte[] AfterPowerLoss(Loss loss, Random random)
    {
        var content = CertainContent();
        var open = _changes.Count(change => !change.IsCertain);
        var kept = loss == Loss.Nothing ? open : loss == Loss.Tail ? random.Next(open + 1) : 0;

        foreach (var change in _changes)
        {
            if (change.IsCertain || kept-- > 0)
                change.ApplyTo(content);
            else if (loss == Loss.Tail && kept == -1)
                change.ApplyTornTo(content, random.Next(1 + (change.Bytes.Length / Sector)));
            else if (loss == Loss.Writes && random.Next(2) == 0)
                change.ApplyTo(content);
            else if (loss == Loss.Sectors)
                change.ApplySectorsTo(content, random);
        }

        return content.ToArray();
    }

    private MemoryStream CertainContent()
    {
        var content = new MemoryStream();
        content.Write(_certain);
        return content;
    }

    private sealed record Change(long Offset, byte[] Bytes, bool IsTruncation)
    {
        public bool IsCertain { get; set; }

        /// <summary>A sync failed over it: no later one covers it.</summary>
        public bool IsForgotten { get; set; }

        public void ApplyTo(MemoryStream content)
        {
            if (!IsTruncation)
                Put(content, 0, Bytes.Length);
            else if (Offset < content.Length)
                content.SetLength(Offset);
        }

        /// <summary>Only the first sectors of it.</summary>
        public void ApplyTornTo(MemoryStream content, int sectors)
        {
            if (!IsTruncation)
                Put(content, 0, (int)Math.Clamp(((Offset / Sector) + sectors) * Sector - Offset, 0, Bytes.Length));
        }

        /// <summary>Each sector of it, or not, as the dice fall.</summary>
        public void ApplySectorsTo(MemoryStream content, Random random)
        {
            if (IsTruncation && random.Next(2) == 0)
                ApplyTo(content);

            for (var at = 0; at < Bytes.Length;)
            {
                var next = (int)Math.Min(Bytes.Length, ((((Offset + at) / Sector) + 1) * Sector) - Offset);
                if (random.Next(2) == 0)
                    Put(content, at, next);
                at = next;
            }
        }

        private void Put(MemoryStream content, int from, int to)
        {
            if (to <= from)
                return;

            content.Position = Offset + from;
            content.Write(Bytes, from, to - from);
        }
    }
}

/// <summary>What a power loss takes of the writes that no sync has covered.</summary>
internal enum Loss
{
    /// <summary>All of them.</summary>
    Everything,

    /// <summary>None: the process was killed, the system lives.</summary>
    Nothing,

    /// <summary>The last ones, and a part of the one before them.</summary>
    Tail,

    /// <summary>Any.</summary>
    Writes,

    /// <summary>Any sectors of any.</summary>
    Sectors,
}
