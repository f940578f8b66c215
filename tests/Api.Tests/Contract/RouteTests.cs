using System.Text.RegularExpressions;
using Galley.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Contract;

/// <summary>The route table and the document name the same operations.</summary>
public sealed partial class RouteTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public void Every_route_of_the_api_is_an_operation_and_every_operation_a_route()
    {
        var routes = newsroom.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => PathOf(endpoint).StartsWith("/v1/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => $"{method} {PathOf(endpoint)}"))
            .ToList();
        var operations = ContractDocument.Committed.Operations.Select(operation => $"{operation.Method} {operation.Template.Text}");

        Assert.Equal(operations.Order(StringComparer.Ordinal), routes.Where(route => !route.StartsWith("HEAD ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Delivery_takes_get_and_head_at_every_address_and_nothing_else()
    {
        var delivery = newsroom.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => PathOf(endpoint).StartsWith("/v1/", StringComparison.Ordinal) && !PathOf(endpoint).StartsWith("/v1/manage/", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(delivery);
        Assert.All(delivery, endpoint => Assert.Equal(["GET", "HEAD"], endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Order(StringComparer.Ordinal)));
    }

    private static string PathOf(RouteEndpoint endpoint) => "/" + CatchAll().Replace(endpoint.RoutePattern.RawText!.Trim('/'), "{");

    [GeneratedRegex(@"\{\*+")]
    private static partial Regex CatchAll();
}
