using Galley.Manage.ArticleList;
using Galley.Storage;
using Galley.Tests.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Manage.ArticleList;

/// <summary>A newsroom that may read so much for a page of its list, and counts the statements that takes.</summary>
internal sealed class ThriftyNewsroom(ManagedListBudget budget) : Newsroom, IAsyncDisposable
{
    public CountingDatabase Database { get; private set; } = null!;

    protected override void Replace(IServiceCollection services)
    {
        var real = services.Single(service => service.ServiceType == typeof(Database)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton<Database>(provider => Database = new CountingDatabase((Database)real(provider))));
        services.Replace(ServiceDescriptor.Singleton(budget));
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}
