using System.Globalization;
using Galley.Tests.Support;

namespace Galley.Tests.Embargo;

/// <summary>What readers must not notice: articles that are hidden in every way there is and move between the ways, on one server only; none ever becomes visible.</summary>
internal sealed class HiddenNews(Twins twins, Desk desk, Lore lore, Random random)
{
    private readonly List<Story> _covers = [];
    private int _count;

    /// <summary>How often each way of hiding was taken.</summary>
    public Dictionary<string, int> Ways { get; } = [];

    public Task ActAsync() => random.Next(100) switch
    {
        < 30 => BeBornAsync(),
        < 60 when desk.Open.Count > 0 => CoverAsync(PickVictim()),
        _ when desk.Hidden.Count > 0 => MoveAsync(random.Pick(desk.Hidden)),
        _ => BeBornAsync(),
    };

    /// <summary>Moves whatever would become visible until <paramref name="instant"/> out of its way; answers the latest instant at which all is still hidden.</summary>
    public async Task<DateTimeOffset> GiveWayAsync(DateTimeOffset instant)
    {
        _covers.RemoveAll(story => !story.IsCovered || !desk.Open.Contains(story));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            foreach (var story in desk.Hidden.Concat(_covers).ToList())
            {
                if (await DueAsync(story) <= instant)
                    await PostponeAsync(story);
            }
        }

        foreach (var story in desk.Hidden.Concat(_covers))
        {
            if (await DueAsync(story) is { } due && due <= instant)
                instant = due.AddMilliseconds(-1);
        }

        return instant;
    }

    private async Task BeBornAsync()
    {
        var story = new Story(random.Chance(40) ? random.Pick(Vocabulary.HiddenSources) : random.Pick(Vocabulary.Sources), $"secret-{_count++}");
        desk.Hidden.Add(story);
        await HideAsync(story);
    }

    private async Task MoveAsync(Story story)
    {
        switch (random.Next(10))
        {
            case 0 or 9 when story.State is "scheduled" or "expired":
                await TakeDownAsync(story);
                break;
            case 0:
                await DeleteAsync(story);
                break;
            case 1 when story.State == "scheduled":
                await TransitAsync(story, "unpublish", new { externalId = story.ExternalId }, "scheduled, then cancelled");
                break;
            case 2 or 3 when story.Id is not null:
                await TransitAsync(story, "publish", new { externalId = story.ExternalId, at = desk.Soon(), expiresAt = null as string }, "scheduled by a transition");
                break;
            case 4 when story.Id is not null:
                Learn(story, await twins.HideAsync("POST", $"/v1/manage/articles/{story.Id}/corrections", new { kind = "correction", text = random.Pick(Vocabulary.Paragraphs) }, random.Next()), "corrected");
                break;
            default:
                await HideAsync(story);
                break;
        }
    }

    private async Task HideAsync(Story story)
    {
        var isNew = story.Id is null;
        var victim = desk.Open.Count == 0 ? null : random.Pick(desk.Open);
        var members = !isNew && random.Chance(40) ? new Dictionary<string, object?>(story.Members) : desk.Collide(victim);
        foreach (var member in new[] { "embargoedUntil", "expiresAt" })
            members.Remove(member);

        var way = Hide(members);
        if (random.Chance(30))
            members["breakingUntil"] = Long();
        story.Members.Clear();
        foreach (var (name, value) in members)
            story.Members[name] = value;

        await PushAsync(story, story.Push, way, isNew && random.Chance(30) && victim?.Id is { } id ? Guid.Parse(id) : null);
    }

    private string Hide(Dictionary<string, object?> members)
    {
        members["status"] = "published";
        switch (random.Next(4))
        {
            case 0:
                members["status"] = "draft";
                members["publishedAt"] = random.Chance(50) ? desk.Before() : null;
                return "draft";
            case 1:
                members["publishedAt"] = desk.Soon();
                return "scheduled";
            case 2:
                members["publishedAt"] = desk.Before();
                members["embargoedUntil"] = desk.Soon();
                return "embargoed";
            default:
                members["publishedAt"] = "2024-12-01T17:05:00Z";
                members["expiresAt"] = random.Chance(50) ? Twins.Written(twins.Now) : "2026-01-15T08:00:00Z";
                return "expired when it came";
        }
    }

    private Story PickVictim() =>
        random.Chance(35) && desk.Open.Where(story => story.State is "unpublished" or "expired").ToList() is { Count: > 0 } withdrawn ? random.Pick(withdrawn) : random.Pick(desk.Open);

    // A revision that nobody sees over an article that everybody sees, or saw.
    private async Task CoverAsync(Story story)
    {
        // The open world's own state: what it has scheduled itself is not to be replaced.
        story.Learn((await Twins.LookAsync(twins.Without, story))!.Value);
        var canBeScheduled = story.UnpublishAt is null;
        var canBeDiscarded = !story.HasDraft;
        switch (story.State)
        {
            // Over a scheduled update it would not stay unnoticed, and need not: the same push again is unchanged only while the newest revision is that update.
            case "live" when story.PendingAt is null:
                Cover(story);
                await PushAsync(story, story.Push, "draft of a live article", null, Draft(story));
                if (canBeScheduled && random.Chance(60))
                    await TransitAsync(story, "publish", Later(story), "update of a live article, scheduled");
                if (canBeDiscarded && random.Chance(25))
                    await DiscardAsync(story);
                break;
            case "unpublished" or "expired":
                Cover(story);
                await TransitAsync(story, "publish", Later(story), "return of a withdrawn article, scheduled");
                break;
            default:
                break;
        }
    }

    private void Cover(Story story)
    {
        story.IsCovered = true;
        if (!_covers.Contains(story))
            _covers.Add(story);
    }

    // Beyond whatever hides it now: when it came out it would break.
    private string Long() => Twins.Written(twins.Now + TimeSpan.FromDays(4));

    private Dictionary<string, object?> Draft(Story story)
    {
        var members = new Dictionary<string, object?>(story.Members) { ["status"] = "draft", ["body"] = desk.Body(), ["headline"] = random.Pick(Vocabulary.Headlines) };
        if (random.Chance(60))
            members["section"] = desk.Section(random.Pick(random.Chance(50) ? Vocabulary.HiddenSections : Vocabulary.Sections));
        if (random.Chance(60))
            members["tags"] = desk.HiddenTags();
        if (random.Chance(40))
            members["related"] = desk.Related();
        if (random.Chance(20))
            members["slug"] = random.Pick(Vocabulary.Slugs);
        if (random.Chance(40))
            members["publishedAt"] = desk.Before();
        desk.AddAddresses(members, 40);
        // In another language it would free the key, once the article is withdrawn: the newsroom would notice, and push something else.
        if (random.Chance(20) && !members.ContainsKey("translationKey"))
            members["language"] = random.Pick(Vocabulary.HiddenLanguages);
        members.Remove("expiresAt");
        members.Remove("embargoedUntil");
        if (random.Chance(40))
            members["breakingUntil"] = Long();
        return members;
    }

    private async Task<DateTimeOffset?> DueAsync(Story story)
    {
        if (await Twins.LookAsync(twins.With, story) is not { } article)
            return null;

        var open = desk.Hidden.Contains(story) ? null : await Twins.LookAsync(twins.Without, story);
        story.Learn(article);
        var instants = story.State switch
        {
            "scheduled" when open?.Text("state") != "scheduled" => new[] { "publishedAt", "embargoedUntil" },
            "live" when open?.Has("pendingAt") == false => ["pendingAt"],
            _ => [],
        };
        return instants.Where(name => article.Has(name)).Select(name => (DateTimeOffset?)DateTimeOffset.Parse(article.Text(name), CultureInfo.InvariantCulture)).Max();
    }

    private Task PostponeAsync(Story story) => random.Next(4) switch
    {
        0 when !story.IsCovered => DeleteAsync(story),
        1 when story.State == "scheduled" => TransitAsync(story, "unpublish", new { externalId = story.ExternalId }, "scheduled, then cancelled"),
        _ => TransitAsync(story, "publish", Later(story), "put off"),
    };

    private object Later(Story story) =>
        new { externalId = story.ExternalId, at = random.Chance(50) ? desk.Soon() : Twins.Written(twins.Now + TimeSpan.FromHours(random.Next(1, 60))), expiresAt = null as string };

    private async Task DeleteAsync(Story story)
    {
        desk.Hidden.Remove(story);
        Count("deleted");
        await twins.HideAsync("DELETE", story.Target, null, random.Next());
    }

    private async Task TakeDownAsync(Story story)
    {
        desk.Hidden.Remove(story);
        Count("taken down");
        await twins.HideAsync("POST", story.To("takedown"), new { externalId = story.ExternalId, reason = "A court said so." }, random.Next());
    }

    // What readers see is the newest revision again, as it is where nothing was hidden.
    private async Task DiscardAsync(Story story)
    {
        var answer = await twins.HideAsync("POST", story.To("discard"), new { externalId = story.ExternalId }, random.Next());
        Learn(story, answer, "discarded");
        story.IsCovered &= !answer.HasContent;
    }

    private async Task PushAsync(Story story, string target, string way, Guid? model, Dictionary<string, object?>? members = null) =>
        Learn(story, await twins.HideAsync("PUT", target, members ?? story.Members, random.Next(), model), way);

    private async Task TransitAsync(Story story, string transition, object body, string way) =>
        Learn(story, await twins.HideAsync("POST", story.To(transition), body, random.Next()), way);

    private void Learn(Story story, Answer answer, string way)
    {
        Count(answer.HasContent ? way : "refused");
        if (!answer.HasContent)
            return;

        story.Learn(Twins.Read(answer));
        lore.Learn(Twins.Read(answer), isHidden: true);
    }

    private void Count(string way) => Ways[way] = Ways.GetValueOrDefault(way) + 1;
}
