using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Changes;

/// <summary>Where a section or tag that a filter names comes to be another, whoever follows that filter begins again; nobody else does.</summary>
public sealed class ChangedMeaningTests
{
    /// <summary>What is done to two articles, what is asked for, and whether the followers must begin again.</summary>
    public static TheoryData<string, string, string, int> Cases => new()
    {
        { "a merge, of the tag that is wanted", "tags=place:t0", "push A . t1 | push B . t0 | sync | merge t0 t1", 1 },
        { "a merge, of the tag that is not wanted", "tags=-place:t0", "push A . t1 | push B . t0 | sync | merge t0 t1", 1 },
        { "a merge, under other terms", "tags=(place:t0%7Cplace:t1),-place:t2", "push A . t0,t1 | push B . t1,t2 | sync | merge t2 t1", 1 },
        { "a merge into the tag", "tags=place:t1", "push A . t1 | push B . t0 | sync | merge t0 t1", 0 },
        { "a merge of what was merged into it", "tags=place:t0", "push A . t1 | push B . t0,t2 | merge t0 t2 | sync | merge t2 t1", 1 },
        { "a merge of another tag", "tags=place:t1&section=a", "push A a t1 | push B a t0,t2 | sync | merge t0 t2", 0 },
        { "a tag that is deleted", "tags=place:t0", "push A . t0 | sync | push A . t1 | untag t0", 1 },
        { "a section that is deleted", "section=a", "push A a . | sync | push A b . | drop a", 1 },
        { "a section that is deleted after its article", "section=a", "push A a . | sync | delete A | drop a", 1 },
        { "a section that moves", "section=a", "push A a . | sync | move a b", 0 },
        { "a new section at an old path", "section=a", "push A a . | move a b | sync | put a", 1 },
        { "an old path that leads on again", "section=a", "push A a . | move a b | put a | sync | drop a", 1 },
        { "a section that moves to another's old path", "section=a", "push A a . | push B c . | move a b | sync | move c a", 1 },
        { "a section that moves below another's old path", "section=a/x", "push A a/x . | push B c/x . | move a b | sync | move c a", 1 },
        { "a section that nobody ever saw", "section=a", "push A b . | hide B a . | sync | delete B | drop a", 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_copy_equals_the_list_after(string what, string filter, string steps, int beginnings)
    {
        Assert.NotEmpty(what);
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var copy = new Copy(newsroom.Reader, filter);
        var articles = new Dictionary<string, Given> { ["A"] = Given.Article(), ["B"] = Given.Article() };
        foreach (var step in steps.Split(" | "))
            await DoAsync(newsroom.Admin, copy, articles, step.Split(' '));

        while (await newsroom.RerenderAsync())
        {
        }

        await copy.SyncAsync();
        Assert.Equal(beginnings, copy.Beginnings);
        await copy.EqualsListAsync();
        Assert.Empty(await copy.SyncAsync());
    }

    private static async Task DoAsync(HttpClient admin, Copy copy, Dictionary<string, Given> articles, string[] step)
    {
        switch (step)
        {
            case ["sync"]:
                await copy.SyncAsync();
                break;
            case ["push" or "hide", var name, var section, var tags]:
                await admin.PushedAsync(Placed(articles[name], section, tags, step[0] == "hide"));
                break;
            case ["delete", var name]:
                await admin.DeleteAsync($"/v1/manage/sources/wire/articles/{articles[name].ExternalId}").StatusAsync();
                break;
            case ["merge", var from, var into]:
                await admin.MergeTagsAsync($"place:{from}", $"place:{into}").AnsweredAsync(200);
                break;
            case ["move", var from, var to]:
                await admin.MoveSectionAsync(from, to).AnsweredAsync(200);
                break;
            case ["put", var path]:
                await admin.PutSectionAsync(path, new { }).AnsweredAsync(201);
                break;
            case ["drop", var path]:
                Assert.Equal(204, await admin.DeleteAsync($"/v1/manage/sections/{path}").StatusAsync());
                break;
            case ["untag", var tag]:
                Assert.Equal(204, await admin.DeleteAsync($"/v1/manage/tags/place/{tag}").StatusAsync());
                break;
            default:
                throw new InvalidOperationException(string.Join(' ', step));
        }
    }

    private static Given Placed(Given article, string section, string tags, bool isHidden)
    {
        article = tags == "." ? article.Tagged() : article.Tagged([.. tags.Split(',').Select(tag => $"place:{tag}")]);
        article = section == "." ? article.Without("section") : article.In(section);
        return isHidden ? article.AsDraft() : article;
    }
}
