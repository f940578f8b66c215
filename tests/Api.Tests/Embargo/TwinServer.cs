using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Http.Cache;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Embargo;

/// <summary>One of the two servers: the real one, with dice that can be loaded and a database that can be watched and broken.</summary>
internal sealed class TwinServer(int budget, bool hasWebsite, bool isKeeping) : Newsroom, IDisposable
{
    private Wire _wire = null!;

    public SeededDice Dice { get; } = new();

    public RewritingDatabase Database { get; private set; } = null!;

    public static async Task<TwinServer> StartAsync(int budget, bool hasWebsite, bool isKeeping)
    {
        var server = new TwinServer(budget, hasWebsite, isKeeping);
        await server.InitializeAsync();
        server._wire = new Wire(server.Address);
        return server;
    }

    protected override IEnumerable<string> Settings => hasWebsite ? ["--Galley:ArticleUrl=https://site.example.org/{language}/{section}/{slug}"] : [];

    public Task<Answer> SendAsync(Ask ask) => _wire.SendAsync(ask);

    public Task StopAsync()
    {
        Dispose();
        return DisposeAsync();
    }

    public void Dispose() => _wire.Dispose();

    protected override void Replace(IServiceCollection services)
    {
        var real = services.Single(service => service.ServiceType == typeof(Database)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton<Randomness>(Dice));
        services.Replace(ServiceDescriptor.Singleton(new WalkBudget(budget)));
        if (!isKeeping)
            services.Replace(ServiceDescriptor.Singleton(new CacheOptions(0)));
        services.Replace(ServiceDescriptor.Singleton<Database>(provider => Database = new RewritingDatabase((Database)real(provider))));
    }
}
