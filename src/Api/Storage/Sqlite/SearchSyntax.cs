using Galley.Content.Search;

namespace Galley.Storage.Sqlite;

/// <summary>Writes what is looked for as FTS5 reads it. Words come from the analyzer and stand between quotation marks: nobody's question has a syntax here.</summary>
internal static class SearchSyntax
{
    private static readonly (SearchField Field, string Column, string Sign)[] Columns =
        [(SearchField.Headline, "headline", SearchRow.HeadlineSign.ToString()), (SearchField.Standfirst, "standfirst", SearchRow.StandfirstSign.ToString()), (SearchField.Anywhere, "body", string.Empty)];

    public static string Write(SearchExpression expression) => expression switch
    {
        SearchExpression.Word(var forms, var field) => Any(forms.Select(form => Quote(SignOf(field) + form))),
        SearchExpression.Phrase(var words, var field) => Any(FieldsOf(field).Select(each => $"{each.Column} : {Quote(string.Join(' ', words.Select(word => each.Sign + word)))}")),
        SearchExpression.In(var scope) => Quote(SearchRow.TokenOf(scope)),
        SearchExpression.All(var terms) => $"({string.Join(" AND ", terms.Select(Write))})",
        SearchExpression.Any(var terms) => Any(terms.Select(Write)),
        SearchExpression.Except(var term, var unwanted) => $"({Write(term)} NOT {Write(unwanted)})",
        _ => throw new System.Diagnostics.UnreachableException($"Unhandled expression {expression}."),
    };

    // Without a sign a word is one of the whole article.
    private static string SignOf(SearchField field) => Columns.Single(each => each.Field == field).Sign;

    // Side by side they stand in one of them.
    private static IEnumerable<(SearchField Field, string Column, string Sign)> FieldsOf(SearchField field) => Columns.Where(each => field == SearchField.Anywhere || each.Field == field);

    private static string Any(IEnumerable<string> terms) => $"({string.Join(" OR ", terms)})";

    private static string Quote(string words) => $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
