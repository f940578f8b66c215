using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Contract;

/// <summary>The document itself: what is served is what was reviewed, and it is one that people and generators can use.</summary>
public sealed class DocumentTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly ContractDocument Document = ContractDocument.Committed;

    [Fact]
    public async Task Is_served_as_it_is_committed()
    {
        var served = await newsroom.Reader.GetStringAsync("/openapi/v1.json");
        var committed = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "openapi", "v1.json"));

        Assert.True(
            served == committed,
            $"The server's document is not openapi/v1.json; they part at line {FirstDifference(served, committed)}. "
            + "Where the change is meant: dotnet run --project src/Api -- openapi > openapi/v1.json, and review what it changes.");
    }

    [Fact]
    public void Names_and_explains_every_operation_once()
    {
        Assert.Equal(Document.Operations.Count, Document.Operations.Select(operation => operation.Id).Distinct().Count());
        Assert.All(Document.Operations, operation =>
        {
            Assert.NotEmpty(operation.Declared.Text("summary"));
            Assert.NotEmpty(operation.Declared.Text("description"));
            Assert.Equal(1, operation.Declared.GetProperty("tags").GetArrayLength());
        });
    }

    [Fact]
    public void Describes_every_tag_that_it_uses()
    {
        var described = Document.Root.GetProperty("tags").EnumerateArray().Where(tag => tag.Has("description")).Select(tag => tag.Text("name")).ToList();

        Assert.All(Document.Operations, operation => Assert.Contains(operation.Declared.GetProperty("tags")[0].GetString()!, described));
    }

    [Fact]
    public void Declares_success_and_errors_of_every_operation_each_by_its_own_status()
    {
        Assert.All(Document.Operations, operation =>
        {
            Assert.Contains(operation.Responses.Keys, status => status is >= 200 and < 300);
            Assert.Contains(operation.Responses.Keys, status => status is >= 400 and < 500);
            Assert.Contains(500, operation.Responses.Keys);
            Assert.All(operation.Responses.Values, response => Assert.NotEmpty(response.Text("description")));
            Assert.All(operation.Declared.GetProperty("responses").EnumerateObject(), response => Assert.True(int.TryParse(response.Name, out _), $"{operation} has a status {response.Name}"));
        });
    }

    [Fact]
    public void Gives_every_failure_as_a_problem_document()
    {
        var failures = Document.Operations.SelectMany(operation => operation.Responses).Where(response => response.Key >= 400);

        Assert.All(failures, failure => Assert.Equal("#/components/schemas/Problem", failure.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").Text("$ref")));
    }

    [Fact]
    public void Describes_every_parameter()
    {
        Assert.All(Document.Operations.SelectMany(operation => operation.Parameters), parameter => Assert.NotEmpty(parameter.Text("description")));
    }

    [Fact]
    public void Describes_every_schema_and_every_property()
    {
        Assert.All(Schemas(), schema =>
        {
            Assert.True(schema.Value.Has("description"), $"{schema.Name} has no description");
            Assert.All(Properties(schema.Value), property => Assert.True(property.Value.Has("description"), $"{schema.Name}.{property.Name} has no description"));
        });
    }

    [Fact]
    public void Says_nothing_in_the_words_of_the_code()
    {
        var texts = Schemas().SelectMany(schema => Properties(schema.Value).Select(property => property.Value).Append(schema.Value))
            .Concat(Document.Operations.Select(operation => operation.Declared));

        Assert.All(texts, text => Assert.DoesNotMatch(@"<[a-z]|cref|\bC#|\brecord\b|\benum\b|\bIReadOnly|\bnullable\b|\bDTO\b", text.Text("description")));
    }

    [Fact]
    public void Closes_what_is_sent_and_nothing_that_is_answered()
    {
        var answered = ReachedFrom(Document.Operations.SelectMany(operation => operation.Responses.Values));
        var sent = ReachedFrom(Document.Operations.Select(operation => operation.RequestBody).OfType<JsonElement>());

        Assert.NotEmpty(answered);
        Assert.All(answered, name => Assert.False(IsClosed(Document.Schema(name)), $"{name} is answered, and closed"));
        Assert.All(answered, name => Assert.DoesNotContain(Properties(Document.Schema(name)), property => property.Value.Has("enum")));
        Assert.NotEmpty(sent);
        Assert.All(sent.Except(answered), name => Assert.True(IsClosed(Document.Schema(name)), $"{name} is sent, and open"));
    }

    [Fact]
    public void Names_the_scopes_of_every_operation_of_management_in_its_text()
    {
        Assert.All(Document.Operations.Where(operation => operation.IsManagement), operation =>
        {
            var ways = operation.Declared.GetProperty("security").EnumerateArray();
            var scopes = ways.SelectMany(way => way.GetProperty("bearer").EnumerateArray()).Select(scope => scope.GetString()!).ToList();
            Assert.NotEmpty(scopes);
            Assert.All(scopes, scope => Assert.Contains($"`{scope}`", operation.Declared.Text("description"), StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Says_at_every_list_what_its_end_is()
    {
        var lists = Document.Operations.Where(operation => operation.Parameters.Any(parameter => parameter.Text("name") == "cursor")).ToList();

        Assert.NotEmpty(lists);
        Assert.All(lists, list => Assert.Matches("Only an absent (`page.next`|link to the next page) means the end\\.|The last line is `\\{\"end\":true,", list.Declared.Text("description")));
    }

    [Fact]
    public void Lets_everything_that_management_answers_of_an_article_be_sent_back()
    {
        var sendable = Properties(Document.Schema("ArticleInput")).Select(property => property.Name).ToList();

        Assert.All(Properties(Document.Schema("ManagedArticle")), property => Assert.Contains(property.Name, sendable));
    }

    [Fact]
    public void Uses_only_words_that_these_tests_check()
    {
        Assert.All(Schemas().SelectMany(schema => KeywordsOf(schema.Value)), keyword => Assert.True(SchemaCheck.Knows(keyword), $"The checker does not know {keyword}."));
    }

    private static bool IsClosed(JsonElement schema) => schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;

    private static IEnumerable<JsonProperty> Schemas() => Document.Root.GetProperty("components").GetProperty("schemas").EnumerateObject();

    private static IEnumerable<JsonProperty> Properties(JsonElement schema) => schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : [];

    private static IEnumerable<string> KeywordsOf(JsonElement schema)
    {
        IEnumerable<JsonElement> below = [.. Properties(schema).Select(property => property.Value)];
        if (schema.TryGetProperty("items", out var items))
            below = below.Append(items);
        if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object)
            below = below.Append(more);

        return schema.EnumerateObject().Select(keyword => keyword.Name).Concat(below.SelectMany(KeywordsOf));
    }

    // The schemas that these refer to, and what those refer to; what only the server decides is as it was answered.
    private static HashSet<string> ReachedFrom(IEnumerable<JsonElement> roots)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<JsonElement>(roots);
        while (waiting.TryPop(out var element))
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                if (element.TryGetProperty("$ref", out var reference) && reference.GetString()!.Split('/') is [.., "schemas", var name] && names.Add(name))
                    waiting.Push(Document.Schema(name));
                foreach (var member in element.EnumerateObject().Where(member => !(member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("readOnly", out _))))
                    waiting.Push(member.Value);
            }
            else if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                    waiting.Push(item);
            }
        }

        return names;
    }

    private static int FirstDifference(string served, string committed)
    {
        var (a, b) = (served.Split('\n'), committed.Split('\n'));
        return Enumerable.Range(0, Math.Max(a.Length, b.Length)).FirstOrDefault(line => line >= a.Length || line >= b.Length || a[line] != b[line]) + 1;
    }
}
