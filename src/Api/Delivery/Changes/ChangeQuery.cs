using Galley.Delivery.Articles;
using Galley.Delivery.Articles.Fields;
using Galley.Http;

namespace Galley.Delivery.Changes;

/// <summary>Which changes are asked for, from where on, and how long to wait for one.</summary>
internal sealed record ChangeQuery : IQuery<ChangeQuery>
{
    public const int MaxLimit = 1_000;
    private const int DefaultLimit = 100;

    private static readonly QueryParameter SinceParameter =
        new("since", "Where to go on: `next`, or the `token` of a change, as it stands, with the same filters. Without it a snapshot begins: everything visible, then what changed meanwhile.");

    private static readonly QueryParameter LimitParameter =
        new("limit", "How many changes a page may have. A page may have fewer, or none, although more follows.") { Type = "integer", Minimum = 1, Maximum = MaxLimit, Default = "100" };

    private static readonly QueryParameter WaitParameter =
        new("wait", "For how many seconds to hold the request where there is nothing new yet. It may be answered earlier, and empty.") { Type = "integer", Minimum = 1, Maximum = 60 };

    public static IReadOnlyList<QueryParameter> Parameters => [SinceParameter, .. ArticleFilter.Parameters, ArticleView.FieldsOfChanges, ArticleView.Format, LimitParameter, WaitParameter];

    public required string? Since { get; init; }

    public required ArticleFilter Filter { get; init; }

    public required ArticleView View { get; init; }

    public required int Limit { get; init; }

    /// <summary>Zero where nobody waits.</summary>
    public required TimeSpan Wait { get; init; }

    public static ChangeQuery Read(QueryReader reader) => new()
    {
        Since = reader.Text(SinceParameter),
        Filter = ArticleFilter.Read(reader),
        View = ArticleView.Read(reader, ArticleView.FieldsOfChanges),
        Limit = reader.Integer(LimitParameter) ?? DefaultLimit,
        Wait = TimeSpan.FromSeconds(reader.Integer(WaitParameter) ?? 0),
    };

    /// <summary>The same for a stream, which has no pages and always waits.</summary>
    internal sealed record Streamed(ChangeQuery Value) : IQuery<Streamed>
    {
        public static IReadOnlyList<QueryParameter> Parameters => [SinceParameter, .. ArticleFilter.Parameters, ArticleView.FieldsOfChanges, ArticleView.Format];

        public static Streamed Read(QueryReader reader) => new(new ChangeQuery
        {
            Since = reader.Text(SinceParameter),
            Filter = ArticleFilter.Read(reader),
            View = ArticleView.Read(reader, ArticleView.FieldsOfChanges),
            Limit = DefaultLimit,
            Wait = TimeSpan.FromSeconds(15),
        });
    }
}
