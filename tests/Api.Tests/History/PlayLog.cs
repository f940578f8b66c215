namespace Galley.Tests.History;

/// <summary>The change log has what was to be told: each thing once, in its order, at its instant, and no number is left out.</summary>
internal sealed partial class Play
{
    private async Task CompareLogAsync()
    {
        var rows = await _bench.ListChangesAsync(_seq);
        if (rows.Where((row, i) => row.Seq != _seq + i + 1).FirstOrDefault() is { } late)
            throw new BrokenHistoryException($"The log has a gap before {late}.");

        try
        {
            var at = 0;
            foreach (var told in _model.Log)
                at = Take(told, rows, BehindTouched(rows, at));
            if (BehindTouched(rows, at) is var rest && rest < rows.Count)
                throw new BrokenHistoryException($"Nobody expects {rows[rest]}");
        }
        catch (BrokenHistoryException broken)
        {
            throw new BrokenHistoryException($"{broken.Message} among\n{string.Join('\n', rows)}");
        }

        _model.Log.Clear();
        _seq += rows.Count;
    }

    // Answers where to go on.
    private int Take(Told told, IReadOnlyList<Bench.ChangeOnRecord> rows, int at)
    {
        var row = at < rows.Count ? rows[at] : null;
        if (row is null || (row.Kind, row.PublicId, row.At) != (told.Kind, told.Story.Id, _wire.Milliseconds(told.At)))
            throw new BrokenHistoryException($"{told.Kind} of {told.Story.Id} at {_wire.Milliseconds(told.At)} is to be told, and there is {row?.ToString() ?? "nothing"}");

        var echoes = rows.Skip(at + 1).Take(told.Echoes.Count).Where(echo => echo.Kind == "reference" && echo.At == row.At).Select(echo => echo.PublicId);
        if (Sorted(told.Echoes.Select(story => story.Id)) is var expected && Sorted(echoes) != expected)
            throw new BrokenHistoryException($"Behind {row} are to be told {expected}");

        return at + 1 + told.Echoes.Count;
    }

    // Behind what is told because a section or tag is called otherwise, or stands elsewhere. Whether it was told to whom it must, the copies know.
    private int BehindTouched(IReadOnlyList<Bench.ChangeOnRecord> rows, int at)
    {
        for (var isBehind = false; at < rows.Count && _model.Touched.Any(story => story.Id == rows[at].PublicId); at++)
        {
            isBehind |= rows[at].Kind == "taxonomy";
            if (!isBehind || rows[at].Kind is not ("taxonomy" or "reference"))
                break;
        }

        return at;
    }
}
