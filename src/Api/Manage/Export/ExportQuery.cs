using Galley.Content;
using Galley.Http;

namespace Galley.Manage.Export;

/// <summary>From where on to export, and under which source the articles come that nobody pushes.</summary>
internal sealed record ExportQuery(string? Cursor, string UnpushedAs) : IQuery<ExportQuery>
{
    private const string Newsroom = "newsroom";

    private static readonly QueryParameter CursorParameter = new("cursor", "Where to go on: the `cursor` of the last such line that has come, as it stands, with the same query.");

    private static readonly QueryParameter UnpushedAsParameter =
        new("unpushedAs", "The source under which articles come that no source pushes, with their id as `externalId`: lines name articles by nothing else.") { Pattern = SourceName.Pattern, Default = Newsroom };

    public static IReadOnlyList<QueryParameter> Parameters => [UnpushedAsParameter, CursorParameter];

    public static ExportQuery Read(QueryReader reader)
    {
        var unpushedAs = reader.Text(UnpushedAsParameter) ?? Newsroom;
        if (!SourceName.IsValid(unpushedAs))
            reader.Fail(UnpushedAsParameter, "names a source: 1 to 63 lower-case ASCII letters, digits, dots, hyphens and underscores, beginning with a letter or digit");

        return new ExportQuery(reader.Text(CursorParameter), unpushedAs);
    }
}

/// <summary>A place in an export: behind which article, how many came before, and where the log of changes stood when it began.</summary>
internal readonly record struct ExportPlace(long After, long Articles, long Seq, long Meaning)
{
    public string Write(NumberSeal seals, string unpushedAs)
    {
        using var seal = seals.For(PurposeOf(unpushedAs));
        return seal.Write(After, Articles, Seq, Meaning);
    }

    public static ExportPlace? Read(string text, NumberSeal seals, string unpushedAs)
    {
        using var seal = seals.For(PurposeOf(unpushedAs));
        return seal.Read(text) is [var after, var articles, var seq, var meaning] ? new ExportPlace(after, articles, seq, meaning) : null;
    }

    /// <summary>From where on the changes tell what this export may not hold.</summary>
    public string TokenOfChanges(NumberSeal seals)
    {
        using var seal = seals.For(ChangeToken.PurposeOf(ChangeToken.Unfiltered, ContentLimits.None));
        return new ChangeToken(Seq, Seq, Meaning, null).Write(seal);
    }

    private static string PurposeOf(string unpushedAs) => $"export\n{unpushedAs}";
}
