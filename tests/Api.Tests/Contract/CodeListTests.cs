using System.Text.RegularExpressions;
using Galley.Http;
using Galley.Tests.Architecture;
using Galley.Tests.Support;

namespace Galley.Tests.Contract;

/// <summary>Every code that the server can say is documented, and every documented one can be said.</summary>
public sealed partial class CodeListTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    public static TheoryData<string> Codes() => [.. ProblemCodes.Statuses.Keys];

    [Fact]
    public void The_catalogue_of_problems_is_the_one_that_was_designed()
    {
        Assert.Equal(
            ProblemCodes.Statuses.Select(pair => (pair.Key, pair.Value, ProblemCodes.TypeOf(pair.Key))).Order(),
            Problems.Catalogue.Select(kind => (kind.Code, kind.Status, kind.Type)).Order());
    }

    [Fact]
    public void Every_problem_in_the_source_is_in_the_catalogue()
    {
        var used = Literals(ProblemFactory(), 0);

        Assert.Contains("state-conflict", used);
        Assert.Contains("storage-full", used);
        Assert.All(used, code => Assert.Contains(code, ProblemCodes.Statuses.Keys));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_problem_has_a_page_that_says_how_to_fix_it(string code)
    {
        var page = await newsroom.Reader.GetAsync($"/problems/{code}");

        Assert.True(page.IsSuccessStatusCode, $"/problems/{code} answered {(int)page.StatusCode}");
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(Problems.Find(code)!.Help), await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_stands_in_the_document()
    {
        Assert.Equal(ProblemCodes.Statuses.Keys.Order(StringComparer.Ordinal), Documented("Problem"));
    }

    [Fact]
    public void Every_code_of_an_error_in_the_source_stands_in_the_document_and_the_other_way_round()
    {
        var used = Literals(ErrorFactory(), 1).Concat(Literals(ErrorRule(), 0)).Append("invalid-parameter");

        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), Documented("InputError"));
    }

    [Fact]
    public void Every_code_of_a_warning_in_the_source_stands_in_the_document_and_the_other_way_round()
    {
        Assert.Equal(Literals(WarningFactory(), 1), Documented("InputWarning"));
    }

    private static IEnumerable<string> Documented(string schema) =>
        ContractDocument.Committed.Schema(schema).GetProperty("properties").GetProperty("code").GetProperty("examples").EnumerateArray()
            .Select(code => code.GetString()!)
            .Order(StringComparer.Ordinal);

    // The literals that stand as argument number `position` of the calls that a pattern finds.
    private static List<string> Literals(Regex call, int position) =>
    [
        .. Source.Files().Select(file => file.Text)
            .SelectMany(text => call.Matches(text).Select(match => ArgumentsFrom(text, match.Index + match.Length)))
            .Where(arguments => arguments.Count > position)
            .Select(arguments => arguments[position].Trim())
            .Where(argument => CodeLiteral().IsMatch(argument))
            .Select(argument => argument.Trim('"'))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static List<string> ArgumentsFrom(string text, int start)
    {
        var arguments = new List<string>();
        var (depth, from, isText) = (0, start, false);
        for (var i = start; i < text.Length && depth >= 0; i++)
        {
            isText ^= text[i] == '"' && text[i - 1] != '\\';
            if (isText)
                continue;

            depth += text[i] is '(' or '[' or '{' ? 1 : text[i] is ')' or ']' or '}' ? -1 : 0;
            if (depth < 0 || (depth == 0 && text[i] == ','))
            {
                arguments.Add(text[from..i]);
                from = i + 1;
            }
        }

        return arguments;
    }

    [GeneratedRegex(@"\b(Problems\.Of|Unauthorized|OutageException)\(|=> new\((?=""[a-z]+(-[a-z]+)+"")")]
    private static partial Regex ProblemFactory();

    [GeneratedRegex(@"(new Fault|InputError\.At|InputError\.In|InputError\.InHeader|(?<![.\w])Fail)\(")]
    private static partial Regex ErrorFactory();

    [GeneratedRegex(@"(\.Code|\bFailure)\(")]
    private static partial Regex ErrorRule();

    [GeneratedRegex(@"\bWarn\(")]
    private static partial Regex WarningFactory();

    [GeneratedRegex("^\"[a-z]+(-[a-z]+)*\"$")]
    private static partial Regex CodeLiteral();
}
