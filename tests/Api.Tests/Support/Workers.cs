using Galley.Publishing;
using Galley.Publishing.Rerendering;
using Galley.Publishing.Searching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Galley.Tests.Support;

/// <summary>What a server does by itself from time to time.</summary>
internal static class Workers
{
    private static readonly Type[] All = [typeof(TransitionWorker), typeof(RerenderWorker), typeof(SearchWorker), typeof(ChangeRetentionWorker), typeof(ReplyRetention), typeof(AuditRetention)];

    /// <summary>Leaves it undone, so that with a clock that stands still nothing happens but what a test does.</summary>
    public static void Remove(IServiceCollection services)
    {
        foreach (var worker in All)
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == worker));
    }
}
