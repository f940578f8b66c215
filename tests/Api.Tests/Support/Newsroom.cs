using System.Net.Http.Headers;
using Galley.Publishing.Rerendering;
using Galley.Publishing.Searching;
using Galley.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Support;

/// <summary>The real application on a socket of this machine, over a database file of its own, with a clock the test can turn. The workers that announce transitions and render again sleep unless asked for.</summary>
public class Newsroom : IAsyncLifetime
{
    public const string AdminKey = "0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly string _directory = Directory.CreateTempSubdirectory("galley-test-").FullName;
    private WebApplication? _app;

    public TestClock Clock { get; } = new();

    public Uri Address { get; private set; } = null!;

    /// <summary>Anybody.</summary>
    public HttpClient Reader { get; private set; } = null!;

    /// <summary>The key that may do everything.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public string DatabasePath => Path.Combine(_directory, "galley.db");

    public IServiceProvider Services => _app!.Services;

    protected virtual IEnumerable<string> Settings => [];

    /// <summary>For tests of a part that needs another clock, other dice, or a worker that is awake.</summary>
    protected virtual void Replace(IServiceCollection services)
    {
    }

    public async Task InitializeAsync()
    {
        _app = Program.Build(
            ["--urls=http://127.0.0.1:0", $"--Galley:Database={DatabasePath}", $"--Galley:AdminKey={AdminKey}", "--Galley:PublicUrl=https://news.example.org", "--Logging:LogLevel:Default=Warning", .. Settings],
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
                Workers.Remove(services);
                Replace(services);
            });
        _app.Services.GetRequiredService<Database>().Open(_app.Services.GetRequiredService<Clock>().Now);
        await _app.StartAsync();

        Address = new Uri(_app.Urls.Single());
        Reader = Client();
        Admin = Client(AdminKey);
    }

    public async Task DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Stops it in good order, as an operator would.</summary>
    public Task EndAsync() => _app!.StopAsync();

    /// <summary>A client whose every answer is checked against the contract; with <paramref name="key"/> or as anybody.</summary>
    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient(new ContractHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })) { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        return client;
    }

    /// <summary>A client with a new key of these scopes.</summary>
    public async Task<HttpClient> ClientMayAsync(params string[] scopes)
    {
        var made = await Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes }));
        return Client((await made.JsonAsync()).GetProperty("key").GetString());
    }

    /// <summary>Carries one portion of what is under way into the articles, as its worker would; says whether more is.</summary>
    public Task<bool> RerenderAsync() => Services.GetRequiredService<Writer>().WriteAsync(Services.GetRequiredService<Rerender>().ContinueAsync);

    /// <summary>Does one portion of what search has to do beside the writes, as its worker would; says whether more is.</summary>
    public Task<bool> KeepSearchAsync() => Services.GetRequiredService<Writer>().WriteAsync(Services.GetRequiredService<SearchKeeper>().ContinueAsync);

    /// <summary>Merges one portion of what writes have left behind in the search index, as its worker would; says whether more waits.</summary>
    public Task<bool> MergeSearchAsync() => Services.GetRequiredService<Writer>().WriteAsync(Services.GetRequiredService<SearchKeeper>().MergeAsync);

    /// <summary>Makes the search index one of an analyzer before this build's.</summary>
    public Task ForgetSearchAsync() => Services.GetRequiredService<Writer>().WriteAsync(write => write.PutSearchStateAsync(SearchState.Analyzer, 0));

    /// <summary>Lets the writer announce what has become due, as its worker would.</summary>
    public Task SettleAsync() => Services.GetRequiredService<Writer>().WriteAsync(_ => new ValueTask<bool>(true));
}
