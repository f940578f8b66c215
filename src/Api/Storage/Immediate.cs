namespace Galley.Storage;

/// <summary>For the writer's thread, which may not wait: the result of what is done already.</summary>
internal static class Immediate
{
    /// <summary>The result, or an exception where something was awaited that is not the session: it would hold up every other write.</summary>
    public static T Completed<T>(this ValueTask<T> task) =>
        task.IsCompleted ? task.Result : throw new InvalidOperationException("An operation of the writer awaited something else than its session.");
}
