namespace Galley.Http;

/// <summary>A part of a request that was read and may have been found wanting. The group's filter answers for all of them at once.</summary>
internal interface IChecked
{
    /// <summary>A problem that leaves nothing else to say, such as a path that cannot be read.</summary>
    Problem? Refusal => null;

    /// <summary>What is wrong with parameters and headers.</summary>
    IReadOnlyList<InputError> Errors => [];

    /// <summary>The sources that are named here. A key that is not for one of them gets no further.</summary>
    IReadOnlyList<string> Sources => [];
}

/// <summary>A query that names sources.</summary>
internal interface INamesSources
{
    IReadOnlyList<string> Sources { get; }
}

/// <summary>Refuses what is wrong with path, query and headers before a handler runs: all of it at once.</summary>
internal static class StrictInput
{
    public static RouteGroupBuilder WithStrictInput(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
        {
            // Where a body is read, what is wrong with it comes after existence and preconditions.
            if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<BodyMetadata>() is null && RequestBody.IsEncoded(context.HttpContext.Request))
                return new BadRequestProblem(RequestBody.Encoded);

            var parts = context.Arguments.OfType<IChecked>().ToList();
            if (parts.Select(part => part.Refusal).FirstOrDefault(refusal => refusal is not null) is { } refusal)
                return new BadRequestProblem(refusal);

            var errors = parts.SelectMany(part => part.Errors).Concat(UndeclaredQuery(context.HttpContext)).ToList();
            if (errors.Count > 0)
                return new BadRequestProblem(Problems.InvalidQuery(errors));

            var outside = SourcesOutside(context.HttpContext, parts).ToList();
            return outside.Count > 0 ? new ForbiddenProblem(Problems.Outside(outside)) : await next(context);
        });
        return group;
    }

    private static IEnumerable<InputError> SourcesOutside(HttpContext context, IEnumerable<IChecked> parts) =>
        Caller.Of(context) is not { Limits: var limits } ? []
        : parts.SelectMany(part => part.Sources).Where(source => !limits.HoldSource(source))
            .Select(source => InputError.In("source", "outside-constraint", $"The key is not for the source {source}."));

    // An endpoint without query parameters has no reader that would refuse them.
    private static IReadOnlyList<InputError> UndeclaredQuery(HttpContext context) =>
        context.Request.QueryString.HasValue && context.GetEndpoint()?.Metadata.GetMetadata<QueryMetadata>() is null
            ? new QueryReader(RawTarget.QueryOf(context), []).Errors
            : [];
}
