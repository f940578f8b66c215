using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Keys.Matrix;

/// <summary>A newsroom with one article and one key in each state; one that a cell has changed is made anew for the next.</summary>
public class MatrixNewsroom : Newsroom, IAsyncLifetime
{
    private readonly Dictionary<string, Subject> _subjects = new(StringComparer.Ordinal);

    internal IReadOnlyList<Principal> Principals { get; private set; } = [];

    /// <summary>Without the check against the document: it is not what the matrix is about, and takes longer than the server.</summary>
    internal HttpClient Plain { get; private set; } = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Plain = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = Address };
        // The places that limits name.
        await Admin.PushedAsync(Home(Given.Article()));
        await Admin.PushedAsync(Given.Article().In("sport/tennis").Tagged("place:europe"));
        Principals = await Matrix.Principals.MakeAsync(this);
        foreach (var state in Subject.ArticleStates.Concat(Subject.KeyStates))
            await FindAsync(state);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        Plain.Dispose();
        await DisposeAsync();
    }

    internal async Task<Subject> FindAsync(string state) => _subjects.TryGetValue(state, out var known) ? known : _subjects[state] = await MakeAsync(state);

    internal void Forget(Subject subject) => _subjects.Remove(subject.State);

    private static Given Home(Given article) => article.Written(Place.Home.Language).In(Place.Home.Section);

    private async Task<Subject> MakeAsync(string state) => state switch
    {
        "any" => new Subject(state),
        "absent" => new Subject(state) { Id = Guid.NewGuid().ToString(), ExternalId = Own.Word("absent"), Path = $"en-GB/world/europe/{Own.Word("absent")}" },
        _ when Array.IndexOf(Subject.KeyStates, state) >= 0 => new Subject(state) { Id = await MakeKeyAsync(state) },
        _ => await MakeArticleAsync(state),
    };

    private async Task<Subject> MakeArticleAsync(string state)
    {
        var article = Home(Given.Article());
        if (state == "draft")
            article.AsDraft();
        if (state == "scheduled")
            article.With("publishedAt", Clock.In(TimeSpan.FromDays(1000)));
        if (state == "expired")
            article.With("expiresAt", Clock.In(TimeSpan.FromMinutes(1)));

        var pushed = await Admin.PushedAsync(article);
        var link = await Admin.PreviewAsync(pushed.Text("id"), new { ttl = 30 * 24 * 3600 }).AnsweredAsync(201);
        await BringAsync(state, article, pushed);
        return new Subject(state) { Id = pushed.Text("id"), ExternalId = pushed.Text("externalId"), Path = pushed.Text("path"), LinkId = link.Text("id") };
    }

    private async Task BringAsync(string state, Given article, JsonElement pushed)
    {
        var id = pushed.Text("id");
        switch (state)
        {
            case "live with draft":
                await Admin.PushedAsync(article.AsDraft().With("kicker", "Newer"));
                break;
            case "live with pending":
                await Admin.PushedAsync(article.AsDraft().With("kicker", "Newer"));
                await Admin.PublishAsync(id, new { at = Clock.In(TimeSpan.FromDays(1000)) }).AnsweredAsync(200);
                break;
            case "expired":
                Clock.Advance(TimeSpan.FromMinutes(1));
                await SettleAsync();
                break;
            case "unpublished" or "taken down":
                await Admin.UnpublishAsync(id).AnsweredAsync(200);
                break;
            case "deleted":
                await Admin.DeleteArticleAsync(id).StatusAsync();
                break;
        }

        if (state == "taken down")
            await Admin.TakeDownAsync(id).AnsweredAsync(200);
    }

    private async Task<string> MakeKeyAsync(string state)
    {
        if (state == "unknown key")
            return "00000000";

        var scopes = state == "key that may do everything" ? Galley.Http.KeyScope.All : ["content:write"];
        var expiresAt = state == "expired key" ? Clock.In(TimeSpan.FromMinutes(1)) : null;
        var id = (await Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes, expiresAt })).AnsweredAsync(201)).Text("id");
        if (state == "revoked key")
            await Admin.DeleteAsync($"/v1/manage/keys/{id}");
        if (state == "key with two secrets")
            await Admin.PostAsync($"/v1/manage/keys/{id}/rotate", null).AnsweredAsync(200);
        if (state == "expired key")
            Clock.Advance(TimeSpan.FromMinutes(1));

        return id;
    }
}

/// <summary>The same where readers need a key.</summary>
public sealed class ClosedMatrixNewsroom : MatrixNewsroom
{
    protected override IEnumerable<string> Settings => ["--Galley:AnonymousRead=false"];
}
