using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Http;

/// <summary>A typed query: which parameters there are, and how they are read.</summary>
internal interface IQuery<TSelf>
    where TSelf : IQuery<TSelf>
{
    static abstract IReadOnlyList<QueryParameter> Parameters { get; }

    static abstract TSelf Read(QueryReader reader);
}

/// <summary>The query parameters of an endpoint, for its documentation.</summary>
internal sealed record QueryMetadata(IReadOnlyList<QueryParameter> Parameters);

/// <summary>A handler's parameter that stands for the whole query.</summary>
internal sealed class Query<T> : IChecked, IBindableFromHttpContext<Query<T>>, IEndpointParameterMetadataProvider
    where T : IQuery<T>
{
    private Query(T value, IReadOnlyList<InputError> errors) => (Value, Errors) = (value, errors);

    public T Value { get; }

    public IReadOnlyList<InputError> Errors { get; }

    public IReadOnlyList<string> Sources => Value is INamesSources named ? named.Sources : [];

    public static ValueTask<Query<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = new QueryReader(RawTarget.QueryOf(context), T.Parameters, Writing.ParametersOf(context));
        return new(new Query<T>(T.Read(reader), reader.Errors));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new QueryMetadata(T.Parameters));
}
