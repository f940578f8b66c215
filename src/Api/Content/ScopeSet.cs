namespace Galley.Content;

/// <summary>The scopes an edition stands in, packed for a column: sorted, each as the difference to the one before, seven bits a byte.</summary>
internal static class ScopeSet
{
    public static byte[] Pack(IEnumerable<Scope> scopes)
    {
        var bytes = new List<byte>();
        var previous = 0L;
        foreach (var scope in scopes.Select(scope => scope.Packed).Distinct().Order())
        {
            var difference = scope - previous;
            for (; difference >= 0x80; difference >>= 7)
                bytes.Add((byte)(difference | 0x80));

            bytes.Add((byte)difference);
            previous = scope;
        }

        return [.. bytes];
    }

    public static IReadOnlyList<Scope> Unpack(ReadOnlySpan<byte> packed)
    {
        var scopes = new List<Scope>();
        var (previous, difference, shift) = (0L, 0L, 0);
        foreach (var part in packed)
        {
            difference |= (long)(part & 0x7F) << shift;
            shift += 7;
            if (part >= 0x80)
                continue;

            previous += difference;
            scopes.Add(new Scope(previous));
            (difference, shift) = (0, 0);
        }

        return scopes;
    }
}
