using Galley.Http;

namespace Galley.Manage.Export;

/// <summary>From where on to export.</summary>
internal sealed record ExportQuery(string? Cursor) : IQuery<ExportQuery>
{
    private static readonly QueryParameter CursorParameter = new("cursor", "Where to go on: the `cursor` of the last such line that has come, as it stands, with the same query.");

    public static IReadOnlyList<QueryParameter> Parameters => [CursorParameter];

    public static ExportQuery Read(QueryReader reader) => new(reader.Text(CursorParameter));
}

/// <summary>A place in an export: behind which article, how many came before, and where the log of changes stood when it began.</summary>
internal readonly record struct ExportPlace(long After, long Articles, long Seq, long Meaning)
{
    private const string Purpose = "export";

    public string Write(NumberSeal seals)
    {
        using var seal = seals.For(Purpose);
        return seal.Write(After, Articles, Seq, Meaning);
    }

    public static ExportPlace? Read(string text, NumberSeal seals)
    {
        using var seal = seals.For(Purpose);
        return seal.Read(text) is [var after, var articles, var seq, var meaning] ? new ExportPlace(after, articles, seq, meaning) : null;
    }

    /// <summary>From where on the changes tell what this export may not hold.</summary>
    public string TokenOfChanges(NumberSeal seals)
    {
        using var seal = seals.For(ChangeToken.PurposeOf(ChangeToken.Unfiltered, ContentLimits.None));
        return new ChangeToken(Seq, Seq, Meaning, null).Write(seal);
    }
}
