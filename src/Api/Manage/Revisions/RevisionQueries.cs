using System.Globalization;
using System.Reflection;
using Galley.Http;

namespace Galley.Manage.Revisions;

/// <summary>The query of an article's history.</summary>
internal sealed record RevisionListQuery(int Limit, string? Cursor) : IQuery<RevisionListQuery>
{
    public static IReadOnlyList<QueryParameter> Parameters => [QueryParameter.Limit, QueryParameter.Cursor];

    public static RevisionListQuery Read(QueryReader reader) => new(reader.Integer(QueryParameter.Limit) ?? 20, reader.Text(QueryParameter.Cursor));
}

/// <summary>Which two revisions are to be compared.</summary>
internal sealed record RevisionDiffQuery(int From, int To) : IQuery<RevisionDiffQuery>
{
    private static readonly QueryParameter FromParameter = Number("from", "The revision to start from.");
    private static readonly QueryParameter ToParameter = Number("to", "The revision that the differences lead to; it may be the earlier one.");

    public static IReadOnlyList<QueryParameter> Parameters => [FromParameter, ToParameter];

    public static RevisionDiffQuery Read(QueryReader reader) => new(reader.Integer(FromParameter) ?? 0, reader.Integer(ToParameter) ?? 0);

    private static QueryParameter Number(string name, string description) => new(name, description) { Type = "integer", Minimum = 1, Maximum = int.MaxValue, IsRequired = true };
}

/// <summary>A revision's number in a path; one that is none is not there.</summary>
internal sealed class RevisionPath : IChecked, IBindableFromHttpContext<RevisionPath>
{
    private RevisionPath(long number) => Number = number;

    public long Number { get; }

    public Problem? Refusal => Number > 0 ? null : Problems.NotFound();

    public static ValueTask<RevisionPath?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(new RevisionPath(Read((string?)context.GetRouteValue("revision"))));

    // As it is written, and in no other way: one revision has one address.
    private static long Read(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text[0] != '0' ? number : 0;
}
