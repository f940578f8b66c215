namespace Galley.Tests.Embargo;

/// <summary>The open world goes on: articles are pushed, corrected, moved, scheduled, withdrawn, deleted; the same on both servers.</summary>
internal sealed class OpenNews(Twins twins, Desk desk, Lore lore, Random random)
{
    private readonly Arrangement _arrangement = new(twins, random);

    private int _count;

    public Task ActAsync() =>
        desk.Open.Count == 0 || random.Chance(40) ? PushNewAsync()
        : random.Chance(12) ? _arrangement.ActAsync()
        : ChangeAsync(random.Pick(desk.Open));

    public async Task PushNewAsync()
    {
        var story = new Story(random.Pick(Vocabulary.Sources), $"story-{++_count}") { Members = desk.Compose() };
        var model = random.Chance(30) ? desk.PickHidden() : null;
        switch (random.Next(100))
        {
            case < 12:
                story.Members["publishedAt"] = model?.AppearsAt ?? desk.Soon();
                break;
            case < 20:
                story.Members["embargoedUntil"] = desk.Soon();
                break;
            case < 25:
                story.Members["status"] = "draft";
                break;
            case < 33:
                story.Members["expiresAt"] = Twins.Written(twins.Now + TimeSpan.FromSeconds(random.Next(1, 4000)));
                break;
            case < 50:
                story.Members["breakingUntil"] = desk.Soon();
                break;
            default:
                break;
        }

        await PushAsync(story, model?.Id is { } id ? Guid.Parse(id) : null);
        if (story.Id is not null)
            desk.Open.Add(story);
    }

    /// <summary>An article under every rare tag, which was seen and is gone: the tags have names, and nobody sees them.</summary>
    public async Task ComeAndGoAsync()
    {
        var story = new Story("wire", "come-and-gone") { Members = desk.Compose() };
        story.Members["tags"] = Vocabulary.RareTags.Select(tag => new { kind = tag.Kind, name = tag.Name }).ToList();
        await PushAsync(story);
        await DeleteAsync(story);
    }

    private async Task ChangeAsync(Story story)
    {
        story.Learn((await Twins.LookAsync(twins.Without, story))!.Value);
        switch (story.State)
        {
            case "live":
                await ChangeLiveAsync(story);
                break;
            case "draft" or "scheduled" or "unpublished" or "expired" when random.Chance(15):
                await DeleteAsync(story);
                break;
            case "scheduled" or "unpublished" or "expired" when random.Chance(8):
                await TakeDownAsync(story);
                break;
            case "scheduled" when random.Chance(25):
                await MoveAsync(story, "unpublish", new { externalId = story.ExternalId });
                break;
            case "draft" or "scheduled" or "unpublished" or "expired" when random.Chance(12):
                await AddCorrectionAsync(story);
                break;
            case "draft" or "scheduled" or "unpublished" or "expired" when random.Chance(50) && !story.IsCovered:
                await MoveAsync(story, "publish", Publication(story));
                break;
            default:
                await CorrectAsync(story);
                break;
        }
    }

    private async Task ChangeLiveAsync(Story story)
    {
        switch (random.Next(100))
        {
            case < 6:
                await DeleteAsync(story);
                break;
            case < 11:
                await TakeDownAsync(story);
                break;
            case < 30 when story.HasDraft:
                await DiscardAsync(story);
                break;
            case < 22:
                await MoveAsync(story, "unpublish", new { externalId = story.ExternalId });
                break;
            case < 28:
                await MoveAsync(story, "unpublish", new { externalId = story.ExternalId, at = desk.Soon() });
                break;
            // What lies over it would be published.
            case < 45 when !story.IsCovered:
                await UpdateLaterAsync(story);
                break;
            case < 55:
                await PushAsync(story);
                break;
            case < 65:
                await AddCorrectionAsync(story);
                break;
            default:
                await CorrectAsync(story);
                break;
        }
    }

    private async Task UpdateLaterAsync(Story story)
    {
        Correct(story);
        story.Members["status"] = "draft";
        await PushAsync(story);
        if (random.Chance(75))
            await MoveAsync(story, "publish", new { externalId = story.ExternalId, at = desk.Soon() });
    }

    private async Task AddCorrectionAsync(Story story) =>
        Learn(story, await twins.DoAsync("POST", $"/v1/manage/articles/{story.Id}/corrections", new { kind = "correction", text = random.Pick(Vocabulary.Paragraphs) }, random.Next()));

    private async Task CorrectAsync(Story story)
    {
        Correct(story);
        await PushAsync(story);
    }

    private void Correct(Story story)
    {
        var members = story.Members;
        members["status"] = "published";
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            switch (random.Next(10))
            {
                case 0:
                    members["headline"] = random.Pick(Vocabulary.Headlines);
                    break;
                case 1:
                    members["section"] = desk.Section(random.Pick(Vocabulary.Sections));
                    break;
                case 2:
                    members["slug"] = random.Chance(50) ? random.Pick(Vocabulary.Slugs) : null;
                    break;
                case 3:
                    members["tags"] = new[] { desk.Tag(random.Pick(Vocabulary.Tags)), desk.Tag(random.Pick(Vocabulary.Tags)) };
                    break;
                case 4:
                    members["minorEdit"] = random.Chance(50);
                    break;
                case 5:
                    members["breakingUntil"] = desk.Soon();
                    break;
                case 6 or 7:
                    desk.AddAddresses(members, 80);
                    break;
                default:
                    members["body"] = desk.Body();
                    break;
            }
        }
    }

    private object Publication(Story story) => random.Chance(50)
        ? new { externalId = story.ExternalId, expiresAt = null as string }
        : new { externalId = story.ExternalId, expiresAt = null as string, at = desk.Soon() };

    private async Task PushAsync(Story story, Guid? model = null)
    {
        // While an article is away its newest revision is the newsroom's truth, and a publication instant that is left out is kept from there.
        if (story is { IsCovered: true, State: not "live" })
            story.Members["publishedAt"] = story.PublishedAt;

        var answer = await twins.DoAsync("PUT", story.Push, story.Members, random.Next(), model);
        if (answer.HasContent)
            story.IsCovered = false;

        Learn(story, answer);
    }

    private async Task MoveAsync(Story story, string transition, object body) => Learn(story, await twins.DoAsync("POST", story.To(transition), body, random.Next()));

    private async Task DeleteAsync(Story story)
    {
        desk.Open.Remove(story);
        await twins.DoAsync("DELETE", story.Target, null, random.Next());
    }

    // Final: nothing more is written to it, and its addresses are asked for on.
    private async Task TakeDownAsync(Story story)
    {
        desk.Open.Remove(story);
        await twins.DoAsync("POST", story.To("takedown"), new { externalId = story.ExternalId, reason = "A court said so." }, random.Next());
    }

    // What lies over it goes along.
    private async Task DiscardAsync(Story story)
    {
        story.IsCovered = false;
        await MoveAsync(story, "discard", new { externalId = story.ExternalId });
    }

    private void Learn(Story story, Answer answer)
    {
        if (!answer.HasContent)
            return;

        story.Learn(Twins.Read(answer));
        lore.Learn(Twins.Read(answer), isHidden: false);
    }
}
