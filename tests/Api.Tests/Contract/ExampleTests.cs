using System.Text.Json;
using Galley.Content;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Contract;

/// <summary>The examples of the document are no inventions: what they show being pushed is answered and read as they show it.</summary>
public sealed class ExampleTests(ExampleTests.StoryRoom newsroom) : IClassFixture<ExampleTests.StoryRoom>
{
    [Fact]
    public async Task Are_what_the_server_answers_to_the_story_that_they_push()
    {
        var pushed = await newsroom.Admin.PutAsync(
            "/v1/manage/sources/i24news/articles/syrie-2024-12-01?createMissing=sections,tags", Json.Raw(Example("PushedStory").GetRawText()));
        var managed = await pushed.JsonAsync();

        AssertSame("ManagedStory", managed);
        AssertSame("Story", await newsroom.Reader.GetJsonAsync($"/v1/articles/{managed.Text("id")}"));
        AssertSame("StoryList", await newsroom.Reader.GetJsonAsync("/v1/articles"));
    }

    private static JsonElement Example(string name) => ContractDocument.Committed.Root.GetProperty("components").GetProperty("examples").GetProperty(name).GetProperty("value");

    private static void AssertSame(string example, JsonElement answer) =>
        Assert.True(JsonElement.DeepEquals(Example(example), answer), $"The example {example} is not what the server answers, which is {answer.GetRawText()}");

    /// <summary>A newsroom whose first article has the id of the examples.</summary>
    public sealed class StoryRoom : Newsroom
    {
        protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<Randomness, KnownDice>());

        private sealed class KnownDice : Randomness
        {
            public override Guid NewPublicId() => Guid.Parse("5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11");
        }
    }
}
