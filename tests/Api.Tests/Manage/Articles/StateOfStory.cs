using System.Diagnostics;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>One article in a section of its own, brought into a state. What is to come, comes within half an hour.</summary>
internal sealed class StateOfStory(Newsroom newsroom)
{
    public string Section { get; } = Own.Section();

    public Given Story { get; } = Given.Article().Headed("A").With("slug", Own.Word("slug"));

    public string Id { get; private set; } = string.Empty;

    public async Task BringAsync(string state)
    {
        var soon = newsroom.Clock.In(TimeSpan.FromMinutes(30));
        switch (state)
        {
            case "draft":
                Story.AsDraft();
                break;
            case "scheduled":
                Story.With("publishedAt", soon);
                break;
            case "embargoed":
                Story.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(-1))).With("embargoedUntil", soon);
                break;
            case "live, expiring":
                Story.With("expiresAt", soon);
                break;
            case "expired":
                Story.With("expiresAt", newsroom.Clock.In(TimeSpan.FromSeconds(30)));
                break;
        }

        Id = (await PushAsync()).Text("id");
        if (state is not ("draft" or "scheduled" or "embargoed" or "expired" or "live, expiring"))
            await GoOnAsync(state, soon);
    }

    public Task<System.Text.Json.JsonElement> PushAsync() => newsroom.Admin.PushedAsync(Story.In(Section));

    private async Task GoOnAsync(string state, string soon)
    {
        switch (state)
        {
            case "live":
                break;
            case "live with draft":
                Story.Headed("B").AsDraft();
                await PushAsync();
                break;
            case "live with pending":
                Story.Headed("B").AsDraft();
                await PushAsync();
                await newsroom.Admin.PublishAsync(Id, new { at = soon }).AnsweredAsync(200);
                break;
            case "live, ending":
                await newsroom.Admin.UnpublishAsync(Id, new { at = soon }).AnsweredAsync(200);
                break;
            case "unpublished":
                await newsroom.Admin.UnpublishAsync(Id).AnsweredAsync(200);
                break;
            case "returning":
                await newsroom.Admin.UnpublishAsync(Id).AnsweredAsync(200);
                await newsroom.Admin.PublishAsync(Id, new { at = soon }).AnsweredAsync(200);
                break;
            case "taken down":
                await newsroom.Admin.TakeDownAsync(Id).AnsweredAsync(200);
                break;
            default:
                throw new UnreachableException(state);
        }
    }
}
