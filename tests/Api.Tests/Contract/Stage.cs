using System.Text.Json;
using Galley.Http;
using Galley.Keys;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Contract;

/// <summary>A newsroom for the contract's scenarios: some keys make its storage fail, and beside it stands one that is closed to anonymous readers.</summary>
public sealed class Stage : Newsroom, IAsyncLifetime
{
    public const string CrashKey = "crash";
    public const string OutageKey = "outage";
    public const string FullKey = "full";

    private readonly Closed _closed = new();

    /// <summary>A key that is valid and may do none of what an operation of the contract asks for.</summary>
    public string PowerlessKey { get; private set; } = string.Empty;

    /// <summary>A server that lets nobody read without a key, and a key there that may not read.</summary>
    public (HttpClient Client, string PowerlessKey) ClosedToReaders { get; private set; }

    // What fails on purpose needs no line in the log.
    protected override IEnumerable<string> Settings => ["--Logging:LogLevel:Default=None"];

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await _closed.InitializeAsync();
        PowerlessKey = await NewKeyAsync(Admin, "partners:manage");
        ClosedToReaders = (_closed.Reader, await NewKeyAsync(_closed.Admin, "partners:manage"));
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await _closed.DisposeAsync();
        await DisposeAsync();
    }

    /// <summary>A new key that may write and publish, in French only.</summary>
    public async Task<string> FrenchKeyAsync()
    {
        var made = await Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:write", "content:publish" }, limits = new { languages = new[] { "fr" } } }));
        return (await made.JsonAsync()).Text("key");
    }

    /// <summary>An article that readers see.</summary>
    public Task<JsonElement> LiveAsync() => Admin.PushedAsync(Given.Article().In("world").Tagged("place:syria"));

    /// <summary>The path of a section that nothing uses.</summary>
    public Task<string> SectionAsync() => PutAsync("sections/");

    /// <summary>The slug of a place that nothing uses.</summary>
    public Task<string> TagAsync() => PutAsync("tags/place/");

    private async Task<string> PutAsync(string at)
    {
        var slug = Own.Section();
        await Admin.PutAsync($"/v1/manage/{at}{slug}", Json.Body(new { })).AnsweredAsync(201);
        return slug;
    }

    /// <summary>An article that readers saw.</summary>
    public async Task<JsonElement> UnpublishedAsync()
    {
        var article = await LiveAsync();
        await Admin.PostAsync($"/v1/manage/articles/{article.Text("id")}/unpublish", null);
        return article;
    }

    /// <summary>A place in the order of changes to which the log does not reach back any more.</summary>
    public async Task<string> OldTokenAsync()
    {
        var token = (await Reader.GetJsonAsync("/v1/changes?limit=1000")).Text("next");
        await LiveAsync();
        await Services.GetRequiredService<Writer>().WriteAsync(write => write.ExecuteAsync("update counter set value = (select value from counter where name = 'seq') where name = 'change_floor'"));
        return token;
    }

    /// <summary>An article that readers see, with a draft beside it.</summary>
    public async Task<JsonElement> LiveWithDraftAsync()
    {
        var article = Given.Article();
        await Admin.PushedAsync(article);
        return await Admin.PushedAsync(article.Headed("A draft").AsDraft());
    }

    /// <summary>An article under a takedown.</summary>
    public async Task<JsonElement> TakenDownAsync()
    {
        var article = await LiveAsync();
        await Admin.TakeDownAsync(article.Text("id")).AnsweredAsync(200);
        return article;
    }

    protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<FindCaller>(provider => (key, cancel) => key switch
    {
        CrashKey => throw new InvalidOperationException("What broke is nobody's business."),
        OutageKey => throw OutageException.Unavailable(new IOException("The disk is on fire.")),
        FullKey => throw OutageException.Full(new IOException("The disk is full.")),
        _ => provider.GetRequiredService<KeyReader>().FindAsync(key, cancel),
    }));

    private static async Task<string> NewKeyAsync(HttpClient admin, string scope)
    {
        var made = await admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { scope } }));
        return (await made.JsonAsync()).Text("key");
    }

    private sealed class Closed : Newsroom
    {
        protected override IEnumerable<string> Settings => ["--Galley:AnonymousRead=false"];
    }
}
