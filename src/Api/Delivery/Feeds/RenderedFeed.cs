using System.Reflection;
using Galley.Content;
using Galley.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Delivery.Feeds;

/// <summary>A page of a feed of one format.</summary>
internal sealed class RenderedFeed<TFormat>(Representation representation, Instant now) : Rendered(representation, now), IEndpointMetadataProvider
    where TFormat : IFeedFormat
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        Declare(builder, TFormat.Contract, TFormat.MediaType);
        builder.Metadata.Add(new OtherMediaType(TFormat.MediaType));
    }
}
